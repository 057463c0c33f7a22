package dev.switchboard.egress.guard;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses belong to the public internet: those that are global unicast by IANA's registries
 * of special-purpose addresses. Whatever is not known to be public is not.
 */
final class PublicAddresses {
  /** IPv4 that is not public: the registry, multicast and what is reserved. */
  private static final List<Network> SPECIAL =
      networks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8",
          "100.64.0.0/10", // carriers' own
          "127.0.0.0/8",
          "169.254.0.0/16", // link-local, and where clouds tell machines their secrets
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // relays of 6to4
          "192.168.0.0/16",
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /** IPv6 is handed out from here only. */
  private static final Network UNICAST = Network.of("2000::/3");

  private static final List<Network> SPECIAL_SIX =
      networks(
          "2001::/23", // protocols' own, Teredo among them
          "2001:db8::/32", // documentation
          "3fff::/20");

  private PublicAddresses() {}

  /** An address that carries an IPv4 address is judged by that one too. */
  static boolean contain(InetAddress address) {
    if (address instanceof Inet4Address) {
      return SPECIAL.stream().noneMatch(network -> network.contains(address));
    }
    return EmbeddedAddress.of(address)
        .map(inner -> contain(inner) && mayCarry(address))
        .orElseGet(() -> isUnicast(address));
  }

  private static boolean mayCarry(InetAddress address) {
    return isUnicast(address) || EmbeddedAddress.isWhole(address);
  }

  private static boolean isUnicast(InetAddress address) {
    return UNICAST.contains(address)
        && SPECIAL_SIX.stream().noneMatch(network -> network.contains(address));
  }

  private static List<Network> networks(String... networks) {
    return List.of(networks).stream().map(Network::of).toList();
  }
}
