package dev.switchboard.whatsapp.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import java.util.Optional;

/** The name that the account's owner goes by, as the app state of the account says. */
public final class PushNameStore {
  private static final RecordKey KEY = new RecordKey(RecordKind.CREDENTIALS, "push-name");

  private final AccountRecords records;

  public PushNameStore(AccountRecords records) {
    this.records = records;
  }

  /** Empty while the app state has not said it. */
  public Optional<String> read() {
    return records.read(KEY).map(value -> new String(value, UTF_8));
  }

  /** The change that makes a name durable. */
  public static RecordChange put(String name) {
    return new RecordChange.Put(KEY, name.getBytes(UTF_8));
  }
}
