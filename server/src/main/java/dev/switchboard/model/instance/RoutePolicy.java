package dev.switchboard.model.instance;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.util.Set;

/**
 * Which routes an operator allows.
 *
 * @param proxyRequired the networks that nobody may reach without a proxy
 */
public record RoutePolicy(Set<Network> proxyRequired) {
  /** Every route to every network. */
  public static final RoutePolicy ANY = new RoutePolicy(Set.of());

  public RoutePolicy {
    proxyRequired = Set.copyOf(proxyRequired);
  }

  /**
   * Lets an allowed route pass.
   *
   * @throws GatewayException PROXY_REQUIRED for another
   */
  public void require(Network network, Route route) {
    if (route instanceof Route.Direct && proxyRequired.contains(network)) {
      throw new GatewayException(
          Reason.PROXY_REQUIRED, "this gateway reaches the network through proxies only: set one");
    }
  }
}
