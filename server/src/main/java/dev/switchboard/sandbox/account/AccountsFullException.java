package dev.switchboard.sandbox.account;

/** The sandbox has as many accounts as it may. */
public final class AccountsFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccountsFullException(int limit) {
    super("the sandbox has as many accounts as it may: " + limit);
  }
}
