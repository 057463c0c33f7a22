package dev.switchboard.whatsapp.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The public keys that lead every private key to an all-zero agreement (RFC 7748, section 7), for
 * callers that cannot look at the agreement itself.
 */
public final class SmallOrderPoints {
  /** Little-endian; X25519 ignores the topmost bit, so it is cleared before comparing. */
  private static final List<byte[]> POINTS =
      List.of(
          point("0000000000000000000000000000000000000000000000000000000000000000"),
          point("0100000000000000000000000000000000000000000000000000000000000000"),
          point("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
          point("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
          point("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
          point("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
          point("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"));

  private SmallOrderPoints() {}

  /** Whether the 32-byte public key is one of them. Public keys only: the time taken tells. */
  public static boolean contains(byte[] publicKey) {
    byte[] masked = Curve.requireKey(publicKey, "public key").clone();
    masked[Curve.KEY_BYTES - 1] &= 0x7f;
    return POINTS.stream().anyMatch(point -> Arrays.equals(point, masked));
  }

  private static byte[] point(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
