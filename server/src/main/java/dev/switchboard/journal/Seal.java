package dev.switchboard.journal;

import dev.switchboard.model.AccountKey;

/** Encrypts the private parts of entries, bound to their account. */
public interface Seal {
  byte[] seal(byte[] plain, AccountKey account);

  /**
   * What was sealed for this account.
   *
   * @throws RuntimeException when it was sealed with another key or for another account, or altered
   */
  byte[] open(byte[] sealed, AccountKey account);
}
