package dev.switchboard.contract;

import com.google.protobuf.Duration;
import dev.switchboard.api.v1.InstanceHealth;
import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.model.instance.ConnectionHealth;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.ReachoutLock;
import java.util.Optional;

/** How an instance is doing. */
public final class HealthMapper {
  private HealthMapper() {}

  /**
   * The health of an instance.
   *
   * @param connection what is known of its connection; empty while it has none
   * @param reconnects how often it connected again within the last hour
   * @param lock the reach-out lock that holds now, if any
   */
  public static InstanceHealth toContract(
      Instance instance,
      Optional<ConnectionHealth> connection,
      int reconnects,
      Optional<ReachoutLock> lock) {
    var health =
        InstanceHealth.newBuilder()
            .setState(InstanceMapper.toContract(instance.state()))
            .setStateCause(InstanceMapper.toContract(instance.cause()))
            .setReconnectCount(reconnects);
    connection.ifPresent(known -> add(health, known));
    lock.ifPresent(known -> health.setReachoutLock(toContract(known)));
    return health.build();
  }

  /** A lock and when it ends, if that is known. */
  public static dev.switchboard.api.v1.ReachoutLock toContract(ReachoutLock lock) {
    var contract =
        dev.switchboard.api.v1.ReachoutLock.newBuilder()
            .setStartTime(Times.toContract(lock.since()));
    if (lock.until() != null) {
      contract.setEndTime(Times.toContract(lock.until()));
    }
    return contract.build();
  }

  private static void add(InstanceHealth.Builder health, ConnectionHealth connection) {
    health.setLastFrameTime(Times.toContract(connection.lastFrame()));
    if (connection.lastAnswer() != null) {
      health.setLastAnswerTime(Times.toContract(connection.lastAnswer()));
    }
    if (connection.roundTrip() != null) {
      health.setRoundTrip(
          Duration.newBuilder()
              .setSeconds(connection.roundTrip().toSeconds())
              .setNanos(connection.roundTrip().toNanosPart()));
    }
    if (connection.unacknowledgedSince() != null) {
      health.setOldestUnacknowledgedTime(Times.toContract(connection.unacknowledgedSince()));
    }
    connection
        .appStateTroubles()
        .forEach(trouble -> health.addAppStateTroubles(toContract(trouble)));
  }

  private static dev.switchboard.api.v1.AppStateTrouble toContract(AppStateTrouble trouble) {
    return dev.switchboard.api.v1.AppStateTrouble.newBuilder()
        .setCollection(trouble.collection())
        .setLasting(trouble.lasting())
        .setDetail(trouble.detail())
        .build();
  }
}
