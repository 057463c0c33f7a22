package dev.switchboard.whatsapp.appstate.codec;

import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The four MACs of app state (measured with independent clients). */
final class Macs {
  static final int BYTES = 32;

  private Macs() {}

  static byte[] value(SyncKey key, SyncdOperation operation, byte[] encrypted) {
    byte[] id = key.id().toByteArray();
    byte[] first = {(byte) (operation.getNumber() + 1)};
    byte[] mac = Hmac.sha512(key.valueMac(), first, id, encrypted, bigEndian(id.length + 1L));
    return Arrays.copyOf(mac, BYTES);
  }

  static byte[] index(SyncKey key, byte[] index) {
    return Hmac.sha256(key.index(), index);
  }

  static byte[] snapshot(SyncKey key, LtHash hash, long version, String collection) {
    return Hmac.sha256(key.snapshotMac(), hash.bytes(), bigEndian(version), name(collection));
  }

  static byte[] patch(
      SyncKey key, byte[] snapshotMac, byte[] valueMacs, long version, String collection) {
    return Hmac.sha256(
        key.patchMac(), snapshotMac, valueMacs, bigEndian(version), name(collection));
  }

  private static byte[] bigEndian(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] name(String collection) {
    return collection.getBytes(StandardCharsets.UTF_8);
  }
}
