package dev.switchboard.egress.guard;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The IPv4 address that an IPv6 address stands for: packets to the one may arrive at the other, so
 * whoever may not reach the one may not reach the other.
 */
final class EmbeddedAddress {
  private static final int LENGTH = 4;
  private static final int AT_THE_END = 12;
  private static final int AFTER_THE_PREFIX = 2;

  /** What goes before IPv4 in ::ffff:0:0/96; the JDK reads such text as the IPv4 address itself. */
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  /** Nothing but IPv4 in another dress too: compatible, and NAT64. */
  private static final List<Network> WHOLE =
      List.of(Network.of("::/96"), Network.of("64:ff9b::/96"));

  private static final Network SIX_TO_FOUR = Network.of("2002::/16");

  /** The identifiers of ISATAP, with the bit for addresses that are unique and without it. */
  private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

  private static final int ISATAP_AT = 8;
  private static final int UNIQUE = 2;

  private EmbeddedAddress() {}

  static Optional<InetAddress> of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return Optional.empty();
    }
    if (isWhole(address) || isIsatap(bytes)) {
      return Optional.of(four(bytes, AT_THE_END));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return Optional.of(four(bytes, AFTER_THE_PREFIX));
    }
    return Optional.empty();
  }

  /** Whether it is nothing else than the IPv4 address. */
  static boolean isWhole(InetAddress address) {
    return Arrays.equals(address.getAddress(), 0, AT_THE_END, MAPPED, 0, AT_THE_END)
        || WHOLE.stream().anyMatch(network -> network.contains(address));
  }

  private static boolean isIsatap(byte[] bytes) {
    byte[] identifier = Arrays.copyOfRange(bytes, ISATAP_AT, AT_THE_END);
    identifier[0] &= ~UNIQUE;
    return Arrays.equals(identifier, ISATAP);
  }

  private static InetAddress four(byte[] bytes, int from) {
    return address(Arrays.copyOfRange(bytes, from, from + LENGTH));
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 bytes are an address", e);
    }
  }
}
