package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.ClearFaultsRequest;
import dev.switchboard.api.sandbox.v1.DisconnectDevicesRequest;
import dev.switchboard.api.sandbox.v1.Farewell;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.sandbox.companion.CompanionSocket;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client on the wire sees of faults of its connection and of its login. */
class ConnectionFaultsTest {
  @TempDir Path folder;
  private OpenSandbox network;
  private Companion alice;
  private Companion bob;

  @BeforeEach
  void open() throws InvalidProtocolBufferException {
    network = OpenSandbox.in(folder);
    alice = network.link("alice");
    bob = network.link("bob");
    var _ = alice.nextPeerMessage();
    var _ = alice.nextPeerMessage();
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
    network.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAULT_HALF_OPEN", "FAULT_SILENT"})
  void saysNothingMoreOnAConnectionThatHasGoneBad(Fault fault) {
    arm(once(fault, "alice"));
    alice.socket().send(Wire.ping());
    // The place is taken by a new connection, and the old one still hears nothing, not even that.
    try (CompanionSocket second = alice.anotherSocket(network.http(), network.sandbox())) {
      assertThat(second.receive().orElseThrow().tag()).isEqualTo("success");
      assertThat(alice.socket().receive()).isEmpty();
    }
  }

  @Test
  void readsNothingOnAHalfOpenConnection() {
    Node sealed = sealedForBob("M1");
    arm(once(Fault.FAULT_HALF_OPEN, "alice"));
    alice.socket().send(sealed);
    try (CompanionSocket second = alice.anotherSocket(network.http(), network.sandbox())) {
      assertThat(second.receive().orElseThrow().tag()).isEqualTo("success");
      assertThat(alice.socket().receive()).isEmpty();
    }
    assertThat(network.phoneTexts("bob")).isEmpty();
  }

  @Test
  void doesWhatItIsToldOnASilentConnection() throws InvalidProtocolBufferException {
    Node sealed = sealedForBob("M1");
    arm(once(Fault.FAULT_SILENT, "alice"));
    alice.socket().send(sealed);
    assertThat(bob.decrypt(bob.nextMessage()).getConversation()).isEqualTo("hello");
  }

  @Test
  void answersPingsAndDeliversNothingOnAMuteConnection() {
    arm(once(Fault.FAULT_MUTE, "alice"));
    var _ = network.sendAs("bob", "alice", "are you there?");
    assertThat(Wire.heardUntilPong(alice)).isEmpty();
    alice.reconnect(network.http(), network.sandbox());
    assertThat(alice.nextMessage().attribute("offline")).isPresent();
  }

  @Test
  void letsANewConnectionBeSoundWhenTheFaultIsUsedUp() {
    arm(once(Fault.FAULT_SILENT, "alice"));
    alice.socket().send(Wire.ping());
    alice.reconnect(network.http(), network.sandbox());
    assertThat(Wire.heardUntilPong(alice)).isNotNull();
  }

  @Test
  void losesStanzasOfAClient() {
    arm(once(Fault.FAULT_STANZA_FROM_CLIENT_LOST, "alice"));
    alice.socket().send(Wire.presenceOf(alice));
    alice.socket().send(sealedForBob("M1"));
    assertThat(alice.await(node -> node.tag().equals("ack")).has("id", "M1")).isTrue();
  }

  @Test
  void losesStanzasToAClientAndBringsWhatIsQueuedAtTheNextLogin() {
    arm(once(Fault.FAULT_STANZA_TO_CLIENT_LOST, "alice"));
    var _ = network.sendAs("bob", "alice", "lost on the way");
    assertThat(Wire.heardUntilPong(alice)).isEmpty();
    alice.reconnect(network.http(), network.sandbox());
    assertThat(alice.nextMessage().attribute("offline")).isPresent();
  }

  @Test
  void delaysStanzasInTheirOrder() throws InvalidProtocolBufferException {
    arm(
        once(Fault.FAULT_LATENCY, "alice").toBuilder()
            .setDuration(Duration.newBuilder().setNanos(200_000_000))
            .build());
    long start = System.nanoTime();
    var _ = network.sendAs("bob", "alice", "late");
    assertThat(Wire.heardUntilPong(alice)).hasSize(1);
    assertThat(System.nanoTime() - start).isGreaterThan(90_000_000L);
  }

  @Test
  void hitsOnlyWhomItIsAimedAt() {
    arm(once(Fault.FAULT_MUTE, "alice"));
    var _ = network.sendAs("alice", "bob", "hello");
    assertThat(bob.nextMessage().tag()).isEqualTo("message");
    arm(once(Fault.FAULT_MUTE, "bob").toBuilder().setDeviceId(2).build());
    var _ = network.sendAs("alice", "bob", "hello again");
    assertThat(bob.nextMessage().tag()).isEqualTo("message");
  }

  @Test
  void goesOnUntilItIsTakenBack() {
    Node lost = sealedForBob("M1");
    arm(
        once(Fault.FAULT_STANZA_FROM_CLIENT_LOST, "alice").toBuilder()
            .setTimes(0)
            .setUntilTakenBack(true)
            .build());
    for (int i = 0; i < 10; i++) {
      alice.socket().send(Wire.presenceOf(alice));
    }
    alice.socket().send(lost);
    alice.reconnect(network.http(), network.sandbox());
    assertThat(network.phoneTexts("bob")).isEmpty();
    var _ = network.control().clearFaults(ClearFaultsRequest.getDefaultInstance());
    alice.socket().send(sealedForBob("M2"));
    assertThat(alice.await(node -> node.tag().equals("ack")).has("id", "M2")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 405, 406, 409, 500, 503})
  void refusesALoginWithAnyCode(int code) {
    arm(once(Fault.FAULT_LOGIN_FAILURE, "alice").toBuilder().setCode(code).build());
    try (CompanionSocket again = alice.anotherSocket(network.http(), network.sandbox())) {
      Node failure = again.receive().orElseThrow();
      assertThat(failure.tag()).isEqualTo("failure");
      assertThat(failure.has("reason", Integer.toString(code))).isTrue();
      assertThat(again.receive()).isEmpty();
    }
  }

  @Test
  void saysHowLongATemporaryBanLasts() {
    arm(
        once(Fault.FAULT_LOGIN_FAILURE, "alice").toBuilder()
            .setCode(402)
            .setDetailCode(104)
            .setDuration(Duration.newBuilder().setSeconds(7200))
            .build());
    try (CompanionSocket banned = alice.anotherSocket(network.http(), network.sandbox())) {
      Node failure = banned.receive().orElseThrow();
      assertThat(failure.has("code", "104")).isTrue();
      assertThat(failure.has("expire", "7200")).isTrue();
    }
  }

  @Test
  void tellsTheNextLoginOfAConflict() {
    arm(once(Fault.FAULT_CONFLICT_REPLACED, "alice"));
    alice.reconnect(network.http(), network.sandbox());
    assertThat(conflict(alice)).isEqualTo("replaced");
    arm(once(Fault.FAULT_CONFLICT_DEVICE_REMOVED, "alice"));
    alice.reconnect(network.http(), network.sandbox());
    assertThat(conflict(alice)).isEqualTo("device_removed");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 500, 503, 515})
  void endsOpenConnectionsWithAStreamError(int code) {
    var request =
        DisconnectDevicesRequest.newBuilder()
            .setPerson(named("alice"))
            .setDeviceId(1)
            .setFarewell(Farewell.FAREWELL_STREAM_ERROR)
            .setCode(code)
            .build();
    assertThat(network.control().disconnectDevices(request).getDeviceCount()).isEqualTo(1);
    Node end = alice.await(node -> node.tag().equals("stream:error"));
    assertThat(end.has("code", Integer.toString(code))).isTrue();
    assertThat(alice.socket().receive()).isEmpty();
    assertThat(Wire.heardUntilPong(bob)).isNotNull();
  }

  @Test
  void endsOpenConnectionsWithAConflict() {
    var request =
        DisconnectDevicesRequest.newBuilder()
            .setPerson(named("alice"))
            .setFarewell(Farewell.FAREWELL_REPLACED)
            .build();
    var _ = network.control().disconnectDevices(request);
    assertThat(conflict(alice)).isEqualTo("replaced");
  }

  @Test
  void refusesAnAimThatIsNone() {
    var device = ArmFaultRequest.newBuilder().setFault(Fault.FAULT_MUTE).setTimes(1).setDeviceId(1);
    assertThat(refusal(device.build())).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal(once(Fault.FAULT_MUTE, "nobody"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refusal(once(Fault.FAULT_CERTIFICATE_CHAIN, "alice")))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal(once(Fault.FAULT_ACK_ERROR, "alice")))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private Status.Code refusal(ArmFaultRequest request) {
    var thrown = new Status.Code[1];
    assertThatThrownBy(() -> arm(request))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> thrown[0] = e.getStatus().getCode());
    return thrown[0];
  }

  private static String conflict(Companion companion) {
    return companion
        .await(node -> node.tag().equals("stream:error"))
        .requiredChild("conflict")
        .requiredAttribute("type");
  }

  private Node sealedForBob(String id) {
    Jid phone = bob.jid().withoutDevice();
    return alice
        .message(id, "hello", phone, List.of(phone, bob.jid()))
        .child(alice.deviceIdentity())
        .build();
  }

  private void arm(ArmFaultRequest request) {
    var _ = network.control().armFault(request);
  }

  private static ArmFaultRequest once(Fault fault, String person) {
    return ArmFaultRequest.newBuilder()
        .setFault(fault)
        .setTimes(1)
        .setPerson(named(person))
        .build();
  }

  private static PersonName named(String name) {
    return PersonName.newBuilder().setName(name).build();
  }
}
