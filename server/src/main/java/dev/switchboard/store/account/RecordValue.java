package dev.switchboard.store.account;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A record as it lies in its row: name and value under one encryption, since the row itself may
 * hold no more than a hash of the name.
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
record RecordValue(String name, byte[] value) {

  byte[] seal(Encryption encryption, Place place) {
    var encodedName = name.getBytes(StandardCharsets.UTF_8);
    var plain = ByteBuffer.allocate(Short.BYTES + encodedName.length + value.length);
    plain.putShort((short) encodedName.length).put(encodedName).put(value);
    return encryption.seal(plain.array(), place);
  }

  static RecordValue open(Encryption encryption, Place place, byte[] sealed) {
    var plain = ByteBuffer.wrap(encryption.open(sealed, place));
    var name = new byte[Short.toUnsignedInt(plain.getShort())];
    plain.get(name);
    var value = new byte[plain.remaining()];
    plain.get(value);
    return new RecordValue(new String(name, StandardCharsets.UTF_8), value);
  }

  static Place place(AccountKey account, RecordKind kind, byte[] nameKey) {
    return Place.of(
        "engine_record",
        account.tenant().value(),
        account.instance().value(),
        kind.name(),
        HexFormat.of().formatHex(nameKey));
  }
}
