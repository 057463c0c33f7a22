package dev.switchboard.contract;

import dev.switchboard.api.v1.InstanceChanged;
import dev.switchboard.api.v1.ReachoutLockChanged;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateCause;
import org.jspecify.annotations.Nullable;

/** Instances, their states and the causes. */
public final class InstanceMapper {
  private InstanceMapper() {}

  public static dev.switchboard.api.v1.Instance toContract(Instance instance) {
    var contract =
        dev.switchboard.api.v1.Instance.newBuilder()
            .setInstanceId(instance.key().instance().value())
            .setNetwork(toContract(instance.network()))
            .setDisplayName(instance.displayName())
            .setState(toContract(instance.state()))
            .setStateCause(toContract(instance.cause()))
            .setStateDetail(instance.detail())
            .setStateTime(Times.toContract(instance.stateChangedAt()))
            .setStarted(instance.wanted())
            .setCreateTime(Times.toContract(instance.createdAt()));
    if (instance.route() instanceof Proxy proxy) {
      contract.setProxy(InstanceSettingsMapper.toContract(proxy));
    }
    if (instance.pacing() != null) {
      contract.setPacing(PacingMapper.toContract(instance.pacing()));
    }
    if (instance.until() != null) {
      contract.setStateEndTime(Times.toContract(instance.until()));
    }
    if (instance.reachoutLock() != null) {
      contract.setReachoutLock(HealthMapper.toContract(instance.reachoutLock()));
    }
    if (instance.own() != null && instance.linked()) {
      contract.setAccount(PeerMapper.toContract(instance.own()));
    }
    return contract.build();
  }

  /**
   * A change of an instance.
   *
   * @param previous the state before, or null when the instance was just created
   */
  public static InstanceChanged changed(Instance instance, @Nullable InstanceState previous) {
    var changed = InstanceChanged.newBuilder().setInstance(toContract(instance));
    if (previous != null) {
      changed.setPreviousState(toContract(previous));
    }
    return changed.build();
  }

  /** The lock that an instance is under now; without one it was lifted. */
  public static ReachoutLockChanged lockChanged(AccountKey account, @Nullable ReachoutLock lock) {
    var changed = ReachoutLockChanged.newBuilder().setInstanceId(account.instance().value());
    if (lock != null) {
      changed.setReachoutLock(HealthMapper.toContract(lock));
    }
    return changed.build();
  }

  public static dev.switchboard.api.v1.Network toContract(Network network) {
    return ContractNames.toContract(dev.switchboard.api.v1.Network.class, "NETWORK_", network);
  }

  public static Network toModel(dev.switchboard.api.v1.Network network) {
    return ContractNames.toModel(Network.class, "NETWORK_", network, "network");
  }

  public static dev.switchboard.api.v1.InstanceState toContract(InstanceState state) {
    return ContractNames.toContract(
        dev.switchboard.api.v1.InstanceState.class, "INSTANCE_STATE_", state);
  }

  public static dev.switchboard.api.v1.StateCause toContract(StateCause cause) {
    return ContractNames.toContract(dev.switchboard.api.v1.StateCause.class, "STATE_CAUSE_", cause);
  }
}
