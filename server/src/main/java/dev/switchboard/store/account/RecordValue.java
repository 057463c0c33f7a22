package dev.switchboard.store.account;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.KeyException;
import dev.switchboard.store.encryption.Place;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record as it lies in its row: name and value under one encryption, since the row itself may
 * hold no more than a hash of the name.
 *
 * <p>A row that cannot be read any more counts as not there: whoever looks for a session, a list of
 * devices or a key gets a new one then, while an error would end each connection of the account for
 * good. That it is the row and not the key is certain, for the key was proven at start-up. An
 * account is not without credentials because theirs are damaged, so those are an error.
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
record RecordValue(String name, byte[] value) {
  private static final Logger LOG = LoggerFactory.getLogger(RecordValue.class);

  byte[] seal(Encryption encryption, AccountKey account, RecordKind kind, byte[] nameKey) {
    var encodedName = name.getBytes(StandardCharsets.UTF_8);
    var plain = ByteBuffer.allocate(Short.BYTES + encodedName.length + value.length);
    plain.putShort((short) encodedName.length).put(encodedName).put(value);
    return encryption.seal(plain.array(), place(account, kind, nameKey));
  }

  /**
   * What the row holds; nothing when it cannot be read.
   *
   * @throws KeyException when those are the account's credentials
   */
  static Optional<RecordValue> open(
      Encryption encryption, AccountKey account, RecordKind kind, byte[] nameKey, byte[] sealed) {
    try {
      return Optional.of(decode(encryption.open(sealed, place(account, kind, nameKey))));
    } catch (KeyException | BufferUnderflowException e) {
      if (kind == RecordKind.CREDENTIALS) {
        throw new KeyException("The credentials of " + account + " cannot be read any more.", e);
      }
      LOG.error(
          "a stored {} of {} cannot be read any more and counts as lost: {}",
          kind,
          account,
          e.toString());
      return Optional.empty();
    }
  }

  private static RecordValue decode(byte[] bytes) {
    var plain = ByteBuffer.wrap(bytes);
    var name = new byte[Short.toUnsignedInt(plain.getShort())];
    plain.get(name);
    var value = new byte[plain.remaining()];
    plain.get(value);
    return new RecordValue(new String(name, StandardCharsets.UTF_8), value);
  }

  private static Place place(AccountKey account, RecordKind kind, byte[] nameKey) {
    return Place.of(
        "engine_record",
        account.tenant().value(),
        account.instance().value(),
        kind.name(),
        HexFormat.of().formatHex(nameKey));
  }
}
