package dev.switchboard.egress.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be reached.
 *
 * @param allowed networks of one's own: their addresses may be reached on any port and over http
 * @param ports which ports of public addresses
 * @param allowHttp whether public addresses without TLS too
 */
public record EgressPolicy(List<Network> allowed, Set<Integer> ports, boolean allowHttp) {
  public EgressPolicy {
    allowed = List.copyOf(allowed);
    ports = Set.copyOf(ports);
  }

  /** Why the address may not be reached so, in words that end a sentence; empty if it may. */
  Optional<String> objection(Target target, InetAddress address) {
    if (allowed.stream().anyMatch(network -> network.contains(address))) {
      return Optional.empty();
    }
    if (!PublicAddresses.contain(address)) {
      return Optional.of("leads to an address that is not of the public internet");
    }
    return objection(target);
  }

  /** The same for an address that is not known yet. */
  Optional<String> objectionToName(Target target) {
    return allowed.isEmpty() ? objection(target) : Optional.empty();
  }

  private Optional<String> objection(Target target) {
    if (!target.secure() && !allowHttp) {
      return Optional.of("must be https");
    }
    return ports.contains(target.port())
        ? Optional.empty()
        : Optional.of("has a port that may not be reached: " + target.port());
  }
}
