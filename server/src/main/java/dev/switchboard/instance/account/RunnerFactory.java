package dev.switchboard.instance.account;

import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorFactory;
import dev.switchboard.instance.reconnect.Admission;
import dev.switchboard.instance.reconnect.Comeback;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.PairingMethod;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Puts together what runs an account, over the engine of its network. */
public final class RunnerFactory {
  private final Map<Network, ConnectorFactory> networks;
  private final AccountParts parts;
  private final Admission admission;
  private final ReconnectPolicy reconnect;
  private final RandomGenerator random;

  public RunnerFactory(
      Map<Network, ConnectorFactory> networks,
      AccountParts parts,
      Admission admission,
      ReconnectPolicy reconnect,
      RandomGenerator random) {
    this.networks = Map.copyOf(networks);
    this.parts = parts;
    this.admission = admission;
    this.reconnect = reconnect;
    this.random = random;
  }

  /** Refuses, with NETWORK_UNAVAILABLE, a network that has no engine here. */
  public void requireAvailable(Network network) {
    factory(network);
  }

  AccountRunner runner(Instance instance, Comeback.Beginning beginning, PairingMethod method) {
    Connector connector = factory(instance.network()).connector(instance.key());
    AccountHost host = new AccountHost(parts, instance, connector, method);
    int bans = parts.instances().bansInARow(instance.key());
    Comeback comeback = new Comeback(reconnect, random, parts.clock(), bans);
    return new AccountRunner(
        instance.key(),
        connector,
        host,
        admission,
        reconnect,
        random,
        parts.clock(),
        comeback,
        beginning);
  }

  private ConnectorFactory factory(Network network) {
    ConnectorFactory factory = networks.get(network);
    if (factory == null) {
      throw new GatewayException(
          Reason.NETWORK_UNAVAILABLE, "this gateway is not configured for the network " + network);
    }
    return factory;
  }
}
