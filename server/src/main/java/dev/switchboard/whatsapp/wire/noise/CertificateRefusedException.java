package dev.switchboard.whatsapp.wire.noise;

import dev.switchboard.whatsapp.wire.WireException;

/** The server could not prove that it is the one that the root key vouches for. */
public final class CertificateRefusedException extends WireException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  /** Which check failed. */
  public enum Refusal {
    /** Not a chain, or a part of it is missing or of a wrong length. */
    MALFORMED,
    /** The root key did not sign the intermediate. */
    INTERMEDIATE_SIGNATURE,
    /** The intermediate did not sign the leaf. */
    LEAF_SIGNATURE,
    /** The issuer serials do not lead from leaf to root. */
    ISSUER_SERIAL,
    /** The leaf is for another key than the server's. */
    LEAF_KEY,
    NOT_YET_VALID,
    EXPIRED
  }

  CertificateRefusedException(Refusal refusal) {
    super("the server's certificate is refused: " + refusal);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
