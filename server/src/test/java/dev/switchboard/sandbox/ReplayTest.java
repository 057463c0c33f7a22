package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.GetStanzaDigestRequest;
import dev.switchboard.api.sandbox.v1.GetStanzaDigestResponse;
import dev.switchboard.api.sandbox.v1.ListStanzasRequest;
import dev.switchboard.api.sandbox.v1.ListStanzasResponse;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.ReinstallPhoneRequest;
import dev.switchboard.api.sandbox.v1.Stanza;
import dev.switchboard.api.sandbox.v1.StanzaDirection;
import dev.switchboard.sandbox.companion.Companion;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.wire.Jid;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed and the same steps make the same run, and the log of stanzas shows it. */
class ReplayTest {
  private static final int SEED = 7;

  @TempDir Path folder;

  @Test
  void comesToTheSameDigestWithTheSameSeed() throws InvalidProtocolBufferException {
    GetStanzaDigestResponse first = run("first", SEED);
    GetStanzaDigestResponse second = run("second", SEED);
    assertThat(first.getStanzaCount()).isGreaterThan(80);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void comesToAnotherDigestWithAnotherSeed() throws InvalidProtocolBufferException {
    assertThat(run("first", SEED).getDigest()).isNotEqualTo(run("other", SEED + 1).getDigest());
  }

  @Test
  void givesPhonesTheSameKeysWithTheSameSeed() throws InvalidProtocolBufferException {
    byte[] first = bundle("first", SEED);
    assertThat(bundle("second", SEED)).isEqualTo(first);
    assertThat(bundle("other", SEED + 1)).isNotEqualTo(first);
  }

  @Test
  void doesNotRepeatIdsAfterARestart() {
    SandboxConfig config = config("again", SEED);
    String before;
    try (OpenSandbox network = OpenSandbox.of(config)) {
      var _ = network.person("alice", Behaviour.BEHAVIOUR_SILENT);
      var _ = network.person("bob", Behaviour.BEHAVIOUR_SILENT);
      before = network.sendAs("alice", "bob", "one");
    }
    try (OpenSandbox network = OpenSandbox.of(config)) {
      assertThat(network.sendAs("alice", "bob", "two")).isNotEqualTo(before);
      assertThat(network.phoneTexts("bob")).containsExactly("one", "two");
    }
  }

  @Test
  void showsWhatADeviceSaidAndWasTold() throws InvalidProtocolBufferException {
    try (OpenSandbox network = OpenSandbox.of(config("shown", SEED));
        Companion alice = network.link("alice")) {
      Jid bob = network.person("bob", Behaviour.BEHAVIOUR_SILENT);
      var _ = alice.send("M1", "hello", bob, List.of(bob));
      Stanza said =
          stanzas(network, StanzaDirection.STANZA_DIRECTION_FROM_CLIENT).stream()
              .filter(stanza -> stanza.getNode().getTag().equals("message"))
              .findFirst()
              .orElseThrow();
      assertThat(said.getPhoneNumber()).isEqualTo("+" + alice.jid().user());
      assertThat(said.getDeviceId()).isEqualTo(1);
      assertThat(said.getNode().getAttributesMap())
          .containsEntry("to", bob.toString())
          .containsEntry("id", "<id>");
      assertThat(said.getNode().getChildren(0).getChildren(0).getChildren(0).getText())
          .isEqualTo("<bytes>");
      assertThat(stanzas(network, StanzaDirection.STANZA_DIRECTION_TO_CLIENT))
          .extracting(stanza -> stanza.getNode().getTag())
          .startsWith("success", "ib")
          .contains("ack");
    }
  }

  @Test
  void givesTheLogPageByPage() throws InvalidProtocolBufferException {
    try (OpenSandbox network = OpenSandbox.of(config("paged", SEED));
        Companion alice = network.link("alice")) {
      assertThat(Wire.heardUntilPong(alice)).isNotNull();
      var all = network.control().listStanzas(ListStanzasRequest.getDefaultInstance());
      var collected = ListStanzasResponse.newBuilder();
      String token = "";
      do {
        var page =
            network
                .control()
                .listStanzas(
                    ListStanzasRequest.newBuilder().setPageSize(3).setPageToken(token).build());
        collected.addAllStanzas(page.getStanzasList());
        token = page.getNextPageToken();
      } while (!token.isEmpty());
      assertThat(collected.getStanzasList()).isEqualTo(all.getStanzasList()).hasSizeGreaterThan(8);
    }
  }

  /** A session in which each step waits for what it leads to. */
  private GetStanzaDigestResponse run(String name, long seed)
      throws InvalidProtocolBufferException {
    try (OpenSandbox network = OpenSandbox.of(config(name, seed));
        Companion alice = network.link("alice");
        Companion bob = network.link("bob")) {
      settle(alice);
      settle(bob);
      Jid phone = bob.jid().withoutDevice();
      for (int i = 0; i < 5; i++) {
        var _ = alice.send("M" + i, "text " + i, phone, List.of(phone, bob.jid()));
        bob.acknowledge(bob.nextMessage());
        assertThat(Wire.heardUntilPong(alice)).isNotEmpty();
      }
      var _ = network.control().armFault(loseHalf());
      for (int i = 0; i < 20; i++) {
        var _ = network.sendAs("alice", "bob", "typed " + i);
        assertThat(Wire.heardUntilPong(bob)).hasSizeLessThan(2);
      }
      try (Companion second = network.link("bob")) {
        settle(second);
        var reset = ReinstallPhoneRequest.newBuilder().setPerson(named("bob")).build();
        var _ = network.control().reinstallPhone(reset);
      }
      assertThat(Wire.heardUntilPong(alice)).isNotEmpty();
      return network.control().getStanzaDigest(GetStanzaDigestRequest.getDefaultInstance());
    }
  }

  private static void settle(Companion companion) throws InvalidProtocolBufferException {
    var _ = companion.nextPeerMessage();
    var _ = companion.nextPeerMessage();
  }

  private static ArmFaultRequest loseHalf() {
    return ArmFaultRequest.newBuilder()
        .setFault(Fault.FAULT_MESSAGE_LOST)
        .setUntilTakenBack(true)
        .setPercent(50)
        .setPerson(named("bob"))
        .setDeviceId(1)
        .build();
  }

  /** The public keys that a phone gives out first. */
  private byte[] bundle(String name, long seed) throws InvalidProtocolBufferException {
    try (OpenSandbox network = OpenSandbox.of(config("keys of " + name, seed));
        Companion alice = network.link("alice")) {
      var bundle = alice.bundle(network.person("bob", Behaviour.BEHAVIOUR_SILENT));
      return ByteString.copyFrom(bundle.identity())
          .concat(ByteString.copyFrom(bundle.signedPreKey()))
          .concat(ByteString.copyFrom(Objects.requireNonNull(bundle.oneTimeKey()).publicKey()))
          .toByteArray();
    }
  }

  private List<Stanza> stanzas(OpenSandbox network, StanzaDirection direction) {
    var request =
        ListStanzasRequest.newBuilder()
            .setPerson(named("alice"))
            .setDeviceId(1)
            .setDirection(direction)
            .build();
    return network.control().listStanzas(request).getStanzasList();
  }

  private SandboxConfig config(String name, long seed) {
    return SandboxConfig.in(folder.resolve(name))
        .withLimits(OpenSandbox.LIMITS)
        .withClock(new ManualClock())
        .withSeed(seed);
  }

  private static PersonName named(String name) {
    return PersonName.newBuilder().setName(name).build();
  }
}
