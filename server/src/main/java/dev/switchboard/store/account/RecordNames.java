package dev.switchboard.store.account;

import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import java.nio.charset.StandardCharsets;

/** How a record's name stands in its row: hashed wherever it may hold a phone number. */
final class RecordNames {
  private final Encryption encryption;

  RecordNames(Encryption encryption) {
    this.encryption = encryption;
  }

  byte[] key(AccountKey account, RecordKey record) {
    return readable(record.kind())
        ? record.name().getBytes(StandardCharsets.UTF_8)
        : encryption.lookupKey(
            Place.of(
                "engine_record name",
                account.tenant().value(),
                account.instance().value(),
                record.kind().name(),
                record.name()));
  }

  /** Whether the names of this kind name no person and are stored, and ordered, as they are. */
  static boolean readable(RecordKind kind) {
    return switch (kind) {
      case CREDENTIALS,
          PREKEY,
          SIGNED_PREKEY,
          APP_STATE_KEY,
          APP_STATE_VERSION,
          APP_STATE_ENTRY,
          ROUTING ->
          true;
      case SESSION,
          IDENTITY,
          SENDER_KEY,
          DEVICE_LIST,
          ALIAS,
          RETRY_REQUEST,
          RETRY_ANSWER,
          SESSION_RENEWAL,
          PRIVACY_TOKEN ->
          false;
    };
  }
}
