package dev.switchboard.whatsapp.account;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the server wants the next connection of the account to begin. */
public final class RoutingStore {
  private static final RecordKey KEY = new RecordKey(RecordKind.ROUTING, "edge");
  private static final int MOST_BYTES = 1024;

  private final AccountRecords records;

  public RoutingStore(AccountRecords records) {
    this.records = records;
  }

  public Optional<byte[]> read() {
    return records.read(KEY);
  }

  /** Keeps what the server told, if it is new and of a sensible size. */
  public void keep(byte[] routing) {
    boolean known = read().filter(stored -> Arrays.equals(stored, routing)).isPresent();
    if (!known && routing.length > 0 && routing.length <= MOST_BYTES) {
      records.commit(List.of(new RecordChange.Put(KEY, routing)));
    }
  }
}
