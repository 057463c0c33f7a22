package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.DisconnectDevicesRequest;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.sandbox.companion.CompanionSocket;
import dev.switchboard.sandbox.companion.Credentials;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.testing.Eventually;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.ClientPayload;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.Message.ProtocolMessage;
import dev.switchboard.whatsapp.wire.Node;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  @TempDir Path folder;
  private OpenSandbox network;
  private Companion companion;

  @BeforeEach
  void open() throws InvalidProtocolBufferException {
    network = OpenSandbox.in(folder);
    companion = network.link("alice");
  }

  @AfterEach
  void close() {
    companion.close();
    network.close();
  }

  @Test
  void refusesAnotherNoiseKeyThanTheDeviceHas() {
    Credentials stolen = companion.credentials().withNoise(KeyPair.generate(new SecureRandom()));
    try (CompanionSocket socket = socket(stolen)) {
      Node failure = socket.receive().orElseThrow();
      assertThat(failure.tag()).isEqualTo("failure");
      assertThat(failure.attribute("reason")).hasValue("401");
      assertThat(socket.receive()).isEmpty();
    }
    assertThat(network.refusals(Refusal.LOGIN)).isEqualTo(1);
  }

  @Test
  void letsANewConnectionReplaceTheOldOne() {
    try (CompanionSocket second = socket(companion.credentials())) {
      assertThat(second.receive().orElseThrow().tag()).isEqualTo("success");
      Node end = companion.await(node -> node.tag().equals("stream:error"));
      assertThat(end.requiredChild("conflict").has("type", "replaced")).isTrue();
    }
  }

  @Test
  void sendsTheBootstrapOfThePhoneOnceThereArePrekeys() throws InvalidProtocolBufferException {
    Message keys = companion.nextPeerMessage();
    Message history = companion.nextPeerMessage();
    assertThat(keys.getProtocolMessage().getType())
        .isEqualTo(ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE);
    assertThat(history.getProtocolMessage().getType())
        .isEqualTo(ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION);
  }

  @Test
  void forgetsADeviceThatUnlinksItself() {
    Node removal =
        Node.of(
            "remove-companion-device",
            Map.of("jid", companion.jid().toString(), "reason", "user_initiated"));
    assertThat(companion.request("md", "set", removal).has("type", "result")).isTrue();
    Node end = companion.await(node -> node.tag().equals("stream:error"));
    assertThat(end.requiredChild("conflict").has("type", "device_removed")).isTrue();
    try (CompanionSocket again = socket(companion.credentials())) {
      assertThat(again.receive().orElseThrow().has("reason", "401")).isTrue();
    }
  }

  @Test
  void answersRequestsItDoesNotKnow() {
    Node answer = companion.request("w:unheard-of", "get", Node.of("anything"));
    assertThat(answer.requiredChild("error").has("code", "501")).isTrue();
    assertThat(network.refusals(Refusal.UNKNOWN_REQUEST)).isEqualTo(1);
  }

  @Test
  void answersRequestsThatLackWhatTheyNeed() {
    Node answer = companion.request("usync", "get", Node.of("usync"));
    assertThat(answer.requiredChild("error").has("code", "400")).isTrue();
    assertThat(network.refusals(Refusal.MALFORMED_STANZA)).isEqualTo(1);
  }

  @Test
  void endsAConnectionWithAForgedFrame() throws InterruptedException {
    companion.socket().sendFrame(new byte[40]);
    Eventually.until("counted", () -> network.refusals(Refusal.FRAME_MAC) == 1);
  }

  @Test
  void answersTheNextLoginsByAFailureOnRequest() {
    arm(Fault.FAULT_LOGIN_FAILURE, 402);
    try (CompanionSocket banned = socket(companion.credentials())) {
      Node failure = banned.receive().orElseThrow();
      assertThat(failure.has("reason", "402")).isTrue();
      assertThat(failure.attribute("expire")).isPresent();
    }
    try (CompanionSocket again = socket(companion.credentials())) {
      assertThat(again.receive().orElseThrow().tag()).isEqualTo("success");
    }
  }

  @Test
  void endsTheNextLoginByAStreamErrorOnRequest() {
    arm(Fault.FAULT_STREAM_ERROR, 503);
    companion.reconnect(network.http(), network.sandbox());
    Node end = companion.await(node -> node.tag().equals("stream:error"));
    assertThat(end.has("code", "503")).isTrue();
  }

  @Test
  void refusesAFaultThatNeedsACodeAndHasNone() {
    assertThatThrownBy(() -> arm(Fault.FAULT_LOGIN_FAILURE, 0))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void dropsConnectionsOnRequest() {
    var answer = network.control().disconnectDevices(DisconnectDevicesRequest.getDefaultInstance());
    assertThat(answer.getDeviceCount()).isEqualTo(1);
    assertThatThrownBy(() -> companion.await(_ -> false)).hasMessage("connection closed");
  }

  private void arm(Fault fault, int code) {
    var request = ArmFaultRequest.newBuilder().setFault(fault).setTimes(1).setCode(code).build();
    var _ = network.control().armFault(request);
  }

  private CompanionSocket socket(Credentials of) {
    byte[] payload =
        ClientPayload.newBuilder()
            .setUsername(Long.parseLong(companion.jid().user()))
            .setDevice(companion.jid().device())
            .build()
            .toByteArray();
    return CompanionSocket.open(network.http(), network.sandbox(), of.noise(), payload);
  }
}
