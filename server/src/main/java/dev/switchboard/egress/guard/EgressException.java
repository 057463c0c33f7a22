package dev.switchboard.egress.guard;

/** There is no answer. The message is for whoever named the address. */
public final class EgressException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  public EgressException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public EgressException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
