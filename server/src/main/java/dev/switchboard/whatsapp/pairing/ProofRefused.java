package dev.switchboard.whatsapp.pairing;

/** What came from the phone is not what only the phone that scanned could have made. */
final class ProofRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The wording is the wire's. */
  ProofRefused(String text) {
    super(text);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
