package dev.switchboard.whatsapp.signal;

import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A one-time prekey: a peer that starts a session uses it up.
 *
 * @param id 1 to 16777215: the wire has 24 bits for it
 */
public record PreKey(int id, KeyPair keyPair) {
  public static final int MAX_ID = 0xffffff;

  public PreKey {
    requireId(id);
  }

  /** So many new prekeys with consecutive ids; after the greatest id comes 1 again. */
  public static List<PreKey> generate(int firstId, int count, SecureRandom random) {
    requireId(firstId);
    return IntStream.range(0, count)
        .mapToObj(index -> new PreKey(idAfter(firstId, index), KeyPair.generate(random)))
        .toList();
  }

  /** The id that lies so many places after the given one. */
  public static int idAfter(int id, int places) {
    return Math.floorMod(id - 1 + places, MAX_ID) + 1;
  }

  /** The change that makes this prekey known to units. */
  public SignalChange put() {
    return new SignalChange.Put(key(), record(keyPair));
  }

  /** The change after which units do not know the prekey of that id any more. */
  public static SignalChange forget(int id) {
    return new SignalChange.Remove(SignalRecordKey.preKey(id));
  }

  /** The record a unit removes when a peer has used the prekey. */
  public SignalRecordKey key() {
    return SignalRecordKey.preKey(id);
  }

  /** The public half in the stored form of a prekey of either kind. */
  public static byte[] publicKeyOf(byte[] record) {
    return keyPair(record).publicKey();
  }

  /** The stored form of a prekey of either kind: the private half, then the public one. */
  static byte[] record(KeyPair keyPair) {
    byte[] record = Arrays.copyOf(keyPair.privateKey(), 2 * Curve.KEY_BYTES);
    System.arraycopy(keyPair.publicKey(), 0, record, Curve.KEY_BYTES, Curve.KEY_BYTES);
    return record;
  }

  static KeyPair keyPair(byte[] record) {
    if (record.length != 2 * Curve.KEY_BYTES) {
      throw new SignalException(SignalException.Reason.DAMAGED_RECORD, "a prekey record");
    }
    return new KeyPair(
        Arrays.copyOf(record, Curve.KEY_BYTES),
        Arrays.copyOfRange(record, Curve.KEY_BYTES, record.length));
  }

  static int requireId(int id) {
    if (id < 1 || id > MAX_ID) {
      throw new IllegalArgumentException("prekey id out of range: " + id);
    }
    return id;
  }
}
