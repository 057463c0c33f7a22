package dev.switchboard;

import dev.switchboard.configuration.ConfigurationException;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.egress.HttpCourier;
import dev.switchboard.egress.client.EgressLimits;
import dev.switchboard.egress.guard.EgressPolicy;
import dev.switchboard.egress.guard.Network;
import java.time.InstantSource;
import java.util.Set;

/** Opens the way to addresses that callers name. */
final class WayOut {
  private WayOut() {}

  static HttpCourier open(
      SwitchboardConfig.Egress settings, EgressLimits limits, InstantSource clock) {
    return HttpCourier.open(policy(settings), limits, clock);
  }

  private static EgressPolicy policy(SwitchboardConfig.Egress settings) {
    try {
      return new EgressPolicy(
          settings.allowedNetworks().stream().map(Network::of).toList(),
          Set.copyOf(settings.ports()),
          settings.allowHttp());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "configuration: egress.allowed-networks: " + e.getMessage(), e);
    }
  }
}
