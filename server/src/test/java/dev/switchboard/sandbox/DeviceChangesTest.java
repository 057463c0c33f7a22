package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.CreatePersonRequest;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.ReinstallPhoneRequest;
import dev.switchboard.api.sandbox.v1.RemoveDeviceRequest;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.sandbox.companion.CompanionSocket;
import dev.switchboard.sandbox.companion.Credentials;
import dev.switchboard.sandbox.companion.Pairing;
import dev.switchboard.sandbox.network.NetworkLimits;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.proto.ADVKeyIndexList;
import dev.switchboard.whatsapp.proto.ADVSignedKeyIndexList;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients on the wire learn of the devices and identities of others. */
class DeviceChangesTest {
  private static final byte[] KEY_INDEX_PREFIX = {6, 2};

  @TempDir Path folder;
  private OpenSandbox network;
  private Companion alice;
  private Companion bob;

  @BeforeEach
  void open() throws InvalidProtocolBufferException {
    network = OpenSandbox.in(folder);
    alice = network.link("alice");
    bob = network.link("bob");
    var _ = network.sendAs("alice", "bob", "so that they know each other");
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
    network.close();
  }

  @Test
  void tellsOfANewDevice() throws InvalidProtocolBufferException {
    try (Companion second = network.link("alice")) {
      Node add = notification(bob, "devices").requiredChild("add");
      assertThat(add.requiredChild("device").jid("jid")).hasValue(second.jid());
      assertThat(add.requiredChild("device").has("key-index", "2")).isTrue();
      assertThat(add.requiredAttribute("device_hash")).startsWith("2:");
      assertThat(indexes(add)).containsExactly(0, 1, 2);
      Node own = notification(alice, "account_sync").requiredChild("devices");
      assertThat(own.children("device"))
          .extracting(device -> device.requiredAttribute("jid"))
          .containsExactly(
              alice.jid().withoutDevice().toString(),
              alice.jid().toString(),
              second.jid().toString());
      assertThat(own.has("dhash", add.requiredAttribute("device_hash"))).isTrue();
      assertThat(indexes(own)).containsExactly(0, 1, 2);
    }
  }

  @Test
  void tellsNobodyWhoNeverWroteWithThePerson() throws InvalidProtocolBufferException {
    try (Companion carol = network.link("carol");
        Companion second = network.link("alice")) {
      assertThat(second.jid().device()).isEqualTo(2);
      assertThat(Wire.heardUntilPong(carol)).noneMatch(node -> node.tag().equals("notification"));
    }
  }

  @Test
  void removesADeviceAsThePhoneDoes() throws InvalidProtocolBufferException {
    try (Companion second = network.link("alice")) {
      var _ = notification(bob, "devices");
      var _ = notification(alice, "account_sync");
      remove("alice", 2);
      Node end = second.await(node -> node.tag().equals("stream:error"));
      assertThat(end.requiredChild("conflict").has("type", "device_removed")).isTrue();
      try (CompanionSocket again = second.anotherSocket(network.http(), network.sandbox())) {
        assertThat(again.receive().orElseThrow().has("reason", "401")).isTrue();
      }
      Node gone = notification(bob, "devices").requiredChild("remove");
      assertThat(gone.requiredChild("device").jid("jid")).hasValue(second.jid());
      assertThat(indexes(gone)).containsExactly(0, 1);
      Node own = notification(alice, "account_sync").requiredChild("devices");
      assertThat(own.children("device")).hasSize(2);
    }
  }

  @Test
  void tellsOfADeviceThatUnlinksItself() {
    Node removal =
        Node.of("remove-companion-device", Map.of("jid", alice.jid().toString(), "reason", "x"));
    assertThat(alice.request("md", "set", removal).has("type", "result")).isTrue();
    Node gone = notification(bob, "devices").requiredChild("remove");
    assertThat(gone.requiredChild("device").jid("jid")).hasValue(alice.jid());
  }

  @Test
  void givesAPhoneThatRegistersAnewAnotherIdentity() throws InvalidProtocolBufferException {
    Jid phone = alice.jid().withoutDevice();
    byte[] before = bob.bundle(phone).identity();
    var request = ReinstallPhoneRequest.newBuilder().setPerson(named("alice")).build();
    assertThat(network.control().reinstallPhone(request).getPerson().getDevicesCount()).isZero();
    Node end = alice.await(node -> node.tag().equals("stream:error"));
    assertThat(end.requiredChild("conflict").has("type", "device_removed")).isTrue();
    Node told = notification(bob, "encrypt");
    assertThat(told.jid("from")).hasValue(phone);
    assertThat(told.child("identity")).isPresent();
    Node update = notification(bob, "devices").requiredChild("update");
    assertThat(indexes(update)).containsExactly(0);
    assertThat(bob.bundle(phone).identity()).isNotEqualTo(before);
  }

  @Test
  void letsAPhoneThatRegisteredAnewWriteAndRead() throws InvalidProtocolBufferException {
    Jid phone = alice.jid().withoutDevice();
    var request = ReinstallPhoneRequest.newBuilder().setPerson(named("alice")).build();
    var _ = network.control().reinstallPhone(request);
    String id = network.sendAs("alice", "bob", "it is me again");
    Node message = bob.await(node -> node.tag().equals("message") && node.has("id", id));
    assertThat(bob.decrypt(message).getConversation()).isEqualTo("it is me again");
    var _ = network.sendAs("bob", "alice", "welcome back");
    Node ack = bob.send("M1", "and from here", phone, List.of(phone));
    assertThat(ack.attribute("error")).isEmpty();
    assertThat(network.phoneTexts("alice")).containsExactly("welcome back", "and from here");
  }

  @Test
  void tellsAnOldListOfDevicesOnRequest() throws InvalidProtocolBufferException {
    var _ = network.control().armFault(stale("alice"));
    try (Companion second = network.link("alice")) {
      assertThat(second.jid().device()).isEqualTo(2);
      assertThat(devicesOfAlice()).containsExactly("0", "1");
      assertThat(devicesOfAlice()).containsExactly("0", "1", "2");
    }
  }

  @Test
  void forgetsTheOldestOfTooManyOldLists() throws InvalidProtocolBufferException {
    var _ = network.control().armFault(stale("alice"));
    for (int i = 0; i < 100; i++) {
      var _ = network.person("person " + i, Behaviour.BEHAVIOUR_SILENT);
      var _ = network.control().armFault(stale("person " + i));
    }
    try (Companion second = network.link("alice")) {
      assertThat(second.jid().device()).isEqualTo(2);
      assertThat(devicesOfAlice()).containsExactly("0", "1", "2");
    }
  }

  @Test
  void refusesToRemoveWhatIsNotThere() {
    assertThatThrownBy(() -> remove("alice", 7))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
  }

  @Test
  void refusesOnePersonMoreThanThereMayBe(@TempDir Path other) {
    NetworkLimits usual = OpenSandbox.LIMITS;
    try (OpenSandbox small = OpenSandbox.in(other, usual.withAccounts(1));
        Pairing pairing =
            new Pairing(
                small.sandbox(),
                small.http(),
                Credentials.generate("one too many", new SecureRandom()))) {
      var _ = small.person("the only one", Behaviour.BEHAVIOUR_SILENT);
      var request = CreatePersonRequest.newBuilder().setName("one too many").build();
      assertThatThrownBy(() -> small.control().createPerson(request))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
      assertThat(pairing.scan(pairing.code().orElseThrow())).isEqualTo(409);
    }
  }

  private static ArmFaultRequest stale(String person) {
    return ArmFaultRequest.newBuilder()
        .setFault(Fault.FAULT_STALE_DEVICE_LIST)
        .setTimes(1)
        .setPerson(named(person))
        .build();
  }

  private List<String> devicesOfAlice() {
    Node usync =
        Node.builder("usync")
            .attribute("mode", "query")
            .attribute("context", "message")
            .attribute("sid", "1")
            .child(Node.of("query", Node.of("devices", Map.of("version", "2"))))
            .child(
                Node.of(
                    "list", Node.of("user", Map.of("jid", alice.jid().withoutDevice().toString()))))
            .build();
    return bob
        .request("usync", "get", usync)
        .descendant("usync", "list", "user", "devices", "device-list")
        .orElseThrow()
        .children("device")
        .stream()
        .map(device -> device.requiredAttribute("id"))
        .toList();
  }

  private void remove(String person, int device) {
    var request =
        RemoveDeviceRequest.newBuilder().setPerson(named(person)).setDeviceId(device).build();
    var _ = network.control().removeDevice(request);
  }

  private static Node notification(Companion companion, String type) {
    return companion.await(node -> node.tag().equals("notification") && node.has("type", type));
  }

  /** The valid indexes of a list that its account has signed. */
  private static List<Integer> indexes(Node holder) throws InvalidProtocolBufferException {
    var signed = ADVSignedKeyIndexList.parseFrom(holder.requiredChild("key-index-list").bytes());
    byte[] details = signed.getDetails().toByteArray();
    byte[] message = new byte[KEY_INDEX_PREFIX.length + details.length];
    System.arraycopy(KEY_INDEX_PREFIX, 0, message, 0, KEY_INDEX_PREFIX.length);
    System.arraycopy(details, 0, message, KEY_INDEX_PREFIX.length, details.length);
    assertThat(
            Curve.verify(
                signed.getAccountSignatureKey().toByteArray(),
                message,
                signed.getAccountSignature().toByteArray()))
        .isTrue();
    return ADVKeyIndexList.parseFrom(details).getValidIndexesList();
  }

  private static PersonName named(String name) {
    return PersonName.newBuilder().setName(name).build();
  }
}
