package dev.switchboard.whatsapp.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names that are learnt together: reads through to the records and collects what changes. The
 * newest word counts: a number moves to the hidden id it is told with, and a hidden id has one
 * number. Nothing is durable until the caller commits.
 */
final class AliasUnit {
  private final AccountRecords records;
  private final Map<RecordKey, RecordChange> changes = new LinkedHashMap<>();

  AliasUnit(AccountRecords records) {
    this.records = records;
  }

  /** Whose the number was until now. */
  enum Before {
    /** Just that person's: nothing changes. */
    SAME,
    /** Nobody's that is known. */
    NOBODY,
    /** Another person's. */
    ANOTHER
  }

  /** Whether there is nothing to learn of these names. */
  boolean holds(AliasBook.Names names) {
    String number = names.number().user();
    String lid = names.lid().user();
    return read(Aliases.ofNumber(number)).filter(lid::equals).isPresent()
        && read(Aliases.ofLid(lid)).filter(number::equals).isPresent();
  }

  Before learn(Jid number, Jid lid) {
    Optional<String> earlierLid = read(Aliases.ofNumber(number.user()));
    Optional<String> earlierNumber = read(Aliases.ofLid(lid.user()));
    boolean numberKnows = earlierLid.filter(lid.user()::equals).isPresent();
    boolean lidKnows = earlierNumber.filter(number.user()::equals).isPresent();
    if (numberKnows && lidKnows) {
      return Before.SAME;
    }
    if (!numberKnows) {
      earlierLid.ifPresent(user -> remove(Aliases.ofLid(user)));
    }
    if (!lidKnows) {
      earlierNumber.ifPresent(user -> remove(Aliases.ofNumber(user)));
    }
    put(Aliases.ofNumber(number.user()), lid.user());
    put(Aliases.ofLid(lid.user()), number.user());
    return earlierLid.isPresent() && !numberKnows ? Before.ANOTHER : Before.NOBODY;
  }

  List<RecordChange> changes() {
    return List.copyOf(changes.values());
  }

  private Optional<String> read(RecordKey key) {
    return switch (changes.get(key)) {
      case null -> records.read(key).map(value -> new String(value, UTF_8));
      case RecordChange.Put put -> Optional.of(new String(put.value(), UTF_8));
      case RecordChange.Remove _ -> Optional.empty();
    };
  }

  private void put(RecordKey key, String value) {
    changes.put(key, new RecordChange.Put(key, value.getBytes(UTF_8)));
  }

  private void remove(RecordKey key) {
    changes.put(key, new RecordChange.Remove(key));
  }
}
