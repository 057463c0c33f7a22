package dev.switchboard.whatsapp.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.ADVKeyIndexList;
import dev.switchboard.whatsapp.proto.ADVSignedKeyIndexList;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceListReaderTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long SIGNED_AT = 1_767_225_600;

  private final KeyPair phone = KeyPair.generate(RANDOM);

  @Test
  void takesTheDevicesThePhoneVouchesFor() {
    Node user = user(signed(phone, 2, 1, 2), 0, 1, 2);

    assertThat(read(user)).containsExactly(0, 1, 2);
  }

  @Test
  void leavesOutADeviceThePhoneRemoved() {
    Node user = user(signed(phone, 2, 2), 0, 1, 2);

    assertThat(read(user)).containsExactly(0, 2);
  }

  @Test
  void takesADeviceThatWasLinkedAfterTheList() {
    Node user = user(signed(phone, 2, 1, 2), 0, 3);

    assertThat(read(user)).containsExactly(0, 3);
  }

  @Test
  void takesOnlyThePhoneWhenTheListIsForged() {
    Node user = user(signed(KeyPair.generate(RANDOM), 2, 1, 2), 0, 1, 2);

    assertThat(read(user)).containsExactly(0);
  }

  @Test
  void takesOnlyThePhoneWhenTheListIsOlderThanTheOneKnown() {
    Node user = user(signed(phone, 2, 1, 2), 0, 1, 2);

    DeviceListReader.Entry same = DeviceListReader.read(user, known(), SIGNED_AT);
    DeviceListReader.Entry older = DeviceListReader.read(user, known(), SIGNED_AT + 1);

    assertThat(same).isEqualTo(new DeviceListReader.Entry(List.of(0, 1, 2), SIGNED_AT, false));
    assertThat(older).isEqualTo(new DeviceListReader.Entry(List.of(0), 0, true));
  }

  @Test
  void takesEveryDeviceWhereThereIsNoList() {
    assertThat(read(user(null, 0, 1))).containsExactly(0, 1);
  }

  @Test
  void findsNobodyInAnEntryWithoutDevices() {
    assertThat(read(Node.of("user"))).isEmpty();
  }

  private List<Integer> read(Node user) {
    return DeviceListReader.read(user, known(), 0).devices();
  }

  private Optional<byte[]> known() {
    return Optional.of(phone.publicKey());
  }

  private static Node user(byte @Nullable [] list, int... devices) {
    List<Node> entries =
        Arrays.stream(devices)
            .mapToObj(id ->
                Node.of(
                    "device",
                    Map.of("id", Integer.toString(id), "key-index", Integer.toString(id))))
            .toList();
    Node deviceList = Node.of("device-list", entries);
    return Node.of(
        "user",
        list == null
            ? Node.of("devices", deviceList)
            : Node.of("devices", deviceList, Node.of("key-index-list", list)));
  }

  private static byte[] signed(KeyPair key, int current, Integer... valid) {
    ByteString details =
        ADVKeyIndexList.newBuilder()
            .setRawId(1)
            .setTimestamp(SIGNED_AT)
            .setCurrentIndex(current)
            .addAllValidIndexes(List.of(valid))
            .build()
            .toByteString();
    byte[] covered = ByteString.copyFrom(new byte[] {6, 2}).concat(details).toByteArray();
    return ADVSignedKeyIndexList.newBuilder()
        .setDetails(details)
        .setAccountSignature(ByteString.copyFrom(Curve.sign(key.privateKey(), covered, RANDOM)))
        .build()
        .toByteArray();
  }
}
