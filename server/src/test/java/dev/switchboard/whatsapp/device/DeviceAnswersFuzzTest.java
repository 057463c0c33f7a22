package dev.switchboard.whatsapp.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.fuzz.Fuzz;
import dev.switchboard.whatsapp.proto.ADVKeyIndexList;
import dev.switchboard.whatsapp.proto.ADVSignedKeyIndexList;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server says of people's devices and keys. */
@Timeout(600)
class DeviceAnswersFuzzTest {
  private static final int MOST_DEVICES = 32;

  private final KeyPair phone = KeyPair.generate(new SecureRandom());

  @Test
  void anEntryOfUsyncIsReadOrLeftOut() {
    Node good = entry();
    Optional<byte[]> identity = Optional.of(phone.publicKey());
    assertThat(DeviceListReader.read(good, identity, 0).devices()).containsExactly(0, 1, 2);
    Fuzz.of("entries of usync", 3_000)
        .run((mutator, _) -> {
          Node changed = mutator.change(good);
          var entry =
              DeviceListReader.read(changed, mutator.once(3) ? Optional.empty() : identity, 0);
          assertThat(entry.devices()).hasSizeLessThanOrEqualTo(MOST_DEVICES);
          return entry.devices().size() == 3;
        });
  }

  @Test
  void aBundleOfKeysIsReadOrLeftOut() {
    Node good = bundle();
    assertThat(PreKeyBundles.read(good)).isPresent();
    Fuzz.of("bundles of keys", 20_000)
        .run((mutator, _) -> PreKeyBundles.read(mutator.change(good)).isPresent());
  }

  private Node entry() {
    ByteString details =
        ADVKeyIndexList.newBuilder()
            .setTimestamp(1_700_000_000)
            .setCurrentIndex(2)
            .addValidIndexes(1)
            .addValidIndexes(2)
            .build()
            .toByteString();
    byte[] covered = ByteString.copyFrom(new byte[] {6, 2}).concat(details).toByteArray();
    byte[] signed =
        ADVSignedKeyIndexList.newBuilder()
            .setDetails(details)
            .setAccountSignatureKey(ByteString.copyFrom(phone.publicKey()))
            .setAccountSignature(
                ByteString.copyFrom(Curve.sign(phone.privateKey(), covered, new SecureRandom())))
            .build()
            .toByteArray();
    return Node.of(
        "user",
        Map.of("jid", "15550002000@s.whatsapp.net"),
        Node.of(
            "devices",
            Node.of("device-list", device(0, 0), device(1, 1), device(2, 2)),
            Node.of("key-index-list", Map.of("ts", "1700000000"), signed)),
        Node.of("lid", Map.of("val", "100000000002000@lid")));
  }

  private static Node device(int id, int keyIndex) {
    return Node.of(
        "device", Map.of("id", String.valueOf(id), "key-index", String.valueOf(keyIndex)));
  }

  private static Node bundle() {
    return Node.of(
        "user",
        Map.of("jid", "15550002000:1@s.whatsapp.net", "t", "1700000000"),
        Node.of("registration", new byte[] {0, 0, 1, 2}),
        Node.of("type", new byte[] {5}),
        Node.of("identity", new byte[32]),
        Node.of("key", Node.of("id", new byte[] {0, 0, 7}), Node.of("value", new byte[32])),
        Node.of(
            "skey",
            Node.of("id", new byte[] {0, 0, 1}),
            Node.of("value", new byte[32]),
            Node.of("signature", new byte[64])));
  }
}
