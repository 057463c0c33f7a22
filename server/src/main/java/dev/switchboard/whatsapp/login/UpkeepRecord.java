package dev.switchboard.whatsapp.login;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.records.KeyUpkeepRecord;

/** What is remembered of the upkeep of an account's published keys. */
final class UpkeepRecord {
  private static final RecordKey KEY = new RecordKey(RecordKind.CREDENTIALS, "upkeep");

  private UpkeepRecord() {}

  /** Empty for an account that was linked by now and never looked after. */
  static KeyUpkeepRecord read(AccountState account) {
    return account
        .records()
        .read(KEY)
        .map(UpkeepRecord::decode)
        .orElseGet(KeyUpkeepRecord::getDefaultInstance);
  }

  static RecordChange put(KeyUpkeepRecord record) {
    return new RecordChange.Put(KEY, record.toByteArray());
  }

  private static KeyUpkeepRecord decode(byte[] value) {
    try {
      return KeyUpkeepRecord.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the stored upkeep of keys cannot be read", e);
    }
  }
}
