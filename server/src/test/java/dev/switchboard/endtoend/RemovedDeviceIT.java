package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.sandbox.v1.DisconnectDevicesRequest;
import dev.switchboard.api.sandbox.v1.Farewell;
import dev.switchboard.api.sandbox.v1.GetStanzaDigestRequest;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.Instance;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.StateCause;
import dev.switchboard.api.v1.StopInstanceRequest;
import dev.switchboard.testing.Eventually;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A device that the network removed. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class RemovedDeviceIT {
  private static final PersonName ALICE = PersonName.newBuilder().setName("alice").build();

  @TempDir private Path folder;

  /** The network would let it in and see it: it says that the device is gone, and keeps it. */
  @Test
  void neverKnocksAgainNotEvenAfterARestart() throws InterruptedException {
    try (Stage stage = new Stage(folder, 7, Map.of("instances.reconnect-base", "10ms"))) {
      var _ = stage.gateway().link("alice");
      var _ = stage.gateway().link("bob");
      var farewell =
          DisconnectDevicesRequest.newBuilder()
              .setPerson(ALICE)
              .setFarewell(Farewell.FAREWELL_DEVICE_REMOVED)
              .build();
      assertThat(stage.gateway().sandbox().disconnectDevices(farewell).getDeviceCount())
          .isEqualTo(1);
      Eventually.until(
          "it is logged out",
          () -> alice(stage).getState() == InstanceState.INSTANCE_STATE_LOGGED_OUT);
      assertThat(alice(stage).getStateCause()).isEqualTo(StateCause.STATE_CAUSE_DEVICE_REMOVED);
      assertThat(alice(stage).getStarted()).isFalse();
      long said = saidByAlice(stage);

      stage.restartServer();

      stage.gateway().awaitReady("bob"); // Those who come back are back.
      assertThat(alice(stage).getState()).isEqualTo(InstanceState.INSTANCE_STATE_LOGGED_OUT);
      var stop = StopInstanceRequest.newBuilder().setInstanceId("alice").build();
      assertThat(stage.gateway().instances().stopInstance(stop).getInstance().getState())
          .isEqualTo(InstanceState.INSTANCE_STATE_LOGGED_OUT);
      assertThat(saidByAlice(stage)).isEqualTo(said);
    }
  }

  private static Instance alice(Stage stage) {
    return stage
        .gateway()
        .instances()
        .getInstance(GetInstanceRequest.newBuilder().setInstanceId("alice").build())
        .getInstance();
  }

  private static long saidByAlice(Stage stage) {
    return stage
        .gateway()
        .sandbox()
        .getStanzaDigest(GetStanzaDigestRequest.newBuilder().setPerson(ALICE).build())
        .getStanzaCount();
  }
}
