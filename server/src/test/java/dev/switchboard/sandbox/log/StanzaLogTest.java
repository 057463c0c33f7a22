package dev.switchboard.sandbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StanzaLogTest {
  private static final DeviceAddress ALICE = new DeviceAddress("15550001000", 1);
  private static final DeviceAddress BOB = new DeviceAddress("15550001001", 1);

  private final StanzaLog log = new StanzaLog(3);

  @Test
  void keepsTheNewestAndCountsAll() {
    for (int i = 1; i <= 5; i++) {
      say(ALICE, "stanza-" + i);
    }
    assertThat(log.after(0, _ -> true, 10))
        .extracting(stanza -> stanza.stanza().tag())
        .containsExactly("stanza-3", "stanza-4", "stanza-5");
    assertThat(log.after(3, _ -> true, 1)).extracting(LoggedStanza::sequence).containsExactly(4L);
    assertThat(log.digest(_ -> true).count()).isEqualTo(5);
  }

  @Test
  void knowsTheOrderOfWhatOneDeviceSaid() {
    var other = new StanzaLog(0);
    say(ALICE, "one");
    say(ALICE, "two");
    other.record(ALICE, Direction.FROM_CLIENT, Node.of("two"), false);
    other.record(ALICE, Direction.FROM_CLIENT, Node.of("one"), false);
    assertThat(other.digest(_ -> true)).isNotEqualTo(log.digest(_ -> true));
  }

  @Test
  void doesNotCareWhichDeviceWasFaster() {
    var other = new StanzaLog(0);
    say(ALICE, "one");
    say(BOB, "two");
    other.record(BOB, Direction.FROM_CLIENT, Node.of("two"), false);
    other.record(ALICE, Direction.FROM_CLIENT, Node.of("one"), false);
    assertThat(other.digest(_ -> true)).isEqualTo(log.digest(_ -> true));
    assertThat(log.digest(BOB::equals)).isNotEqualTo(log.digest(ALICE::equals));
  }

  @Test
  void tellsLostStanzasFromOthers() {
    var other = new StanzaLog(0);
    say(ALICE, "one");
    other.record(ALICE, Direction.FROM_CLIENT, Node.of("one"), true);
    assertThat(other.digest(_ -> true)).isNotEqualTo(log.digest(_ -> true));
  }

  @Test
  void letsDevicesBeyondTheBoundShareAChain() {
    for (int i = 0; i < StanzaLog.MOST_DEVICES; i++) {
      say(new DeviceAddress("device", i), "one");
    }
    say(ALICE, "two");
    say(BOB, "three");
    assertThat(log.digest(ALICE::equals).count()).isZero();
    assertThat(log.digest(_ -> true).count()).isEqualTo(StanzaLog.MOST_DEVICES + 2L);
  }

  @Test
  void hidesWhatDiffersFromRunToRun() {
    MaskedNode masked =
        Mask.mask(
            Node.of(
                "message",
                Map.of("id", "3EB0AA", "t", "1700000000", "to", "15550001001@s.whatsapp.net"),
                Node.of("enc", Map.of("type", "msg", "v", "2"), new byte[40]),
                Node.of("registration", new byte[4]),
                Node.of("device-identity", new byte[150]),
                Node.of("contact", "+15550001001".getBytes(StandardCharsets.UTF_8))));
    assertThat(masked.attributes())
        .containsEntry("id", "<id>")
        .containsEntry("t", "<time>")
        .containsEntry("to", "15550001001@s.whatsapp.net");
    assertThat(masked.children())
        .extracting(MaskedNode::text)
        .containsExactly("<bytes>", "<4 bytes>", "<bytes>", "+15550001001");
  }

  @Test
  void keepsTheNumbersOfDevices() {
    assertThat(Mask.mask(Node.of("device", Map.of("id", "3"))).attributes())
        .containsEntry("id", "3");
  }

  @Test
  void writesEqualNodesInARowOnce() {
    Node key = Node.of("key", Node.of("id", new byte[3]), Node.of("value", new byte[32]));
    MaskedNode masked = Mask.mask(Node.of("list", key, key, key, Node.of("skey"), key));
    assertThat(masked.children()).extracting(MaskedNode::tag).containsExactly("key", "skey", "key");
    assertThat(masked.children()).extracting(MaskedNode::times).containsExactly(3, 1, 1);
  }

  private void say(DeviceAddress device, String tag) {
    log.record(device, Direction.FROM_CLIENT, Node.of(tag), false);
  }
}
