package dev.switchboard.store.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.encryption.KeyException;
import dev.switchboard.store.encryption.Place;
import dev.switchboard.store.jooq.Tables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(DatabaseExtension.class)
class PostgresAccountRecordsIT {
  private Database database;
  private PostgresInstanceStore instances;
  private AccountKey account;
  private AccountRecords records;

  @BeforeEach
  void store(Database database) {
    this.database = database;
    instances = new PostgresInstanceStore(database.transactions(), database.encryption());
    account = Accounts.stored(database);
    records = instances.records(account);
  }

  @ParameterizedTest
  @EnumSource(RecordKind.class)
  void readsWhatWasCommitted(RecordKind kind) {
    records.commit(List.of(put(kind, "15550001000@s.whatsapp.net", "value")));

    assertThat(records.read(new RecordKey(kind, "15550001000@s.whatsapp.net")))
        .contains(bytes("value"));
    assertThat(records.read(new RecordKey(kind, "other"))).isEmpty();
    assertThat(records.count(kind)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = RecordKind.class,
      names = {"PREKEY", "SESSION"})
  void readsPagesInOrderOfName(RecordKind kind) {
    var changes = new ArrayList<RecordChange>();
    for (var i = 9; i >= 0; i--) {
      changes.add(put(kind, "name-" + i, "value-" + i));
    }
    records.commit(changes);

    var page = records.readAfter(kind, "name-3", 4);

    assertThat(page.keySet()).containsExactly("name-4", "name-5", "name-6", "name-7");
    assertThat(page.get("name-4")).isEqualTo(bytes("value-4"));
    assertThat(records.readAfter(kind, "name-9", 4)).isEmpty();
    assertThat(records.readAfter(kind, "", 100)).hasSize(10);
  }

  @Test
  void appliesTheLastChangeOfEachKey() {
    var name = new RecordKey(RecordKind.SESSION, "a");
    var other = new RecordKey(RecordKind.SESSION, "b");
    records.commit(List.of(put(RecordKind.SESSION, "b", "old")));

    records.commit(
        List.of(
            put(RecordKind.SESSION, "a", "1"),
            new RecordChange.Remove(name),
            put(RecordKind.SESSION, "a", "2"),
            put(RecordKind.SESSION, "b", "new"),
            new RecordChange.Remove(other)));

    assertThat(records.read(name)).contains(bytes("2"));
    assertThat(records.read(other)).isEmpty();
  }

  @Test
  void commitsManyAtOnce() {
    var changes = new ArrayList<RecordChange>();
    for (var i = 0; i < 2_000; i++) {
      changes.add(put(RecordKind.PREKEY, String.format("%06d", i), "key " + i));
    }
    records.commit(changes);
    records.commit(changes);

    assertThat(records.count(RecordKind.PREKEY)).isEqualTo(2_000);
    assertThat(records.read(new RecordKey(RecordKind.PREKEY, "001999")))
        .contains(bytes("key 1999"));
  }

  @Test
  void keepsAccountsApart() {
    records.commit(List.of(put(RecordKind.CREDENTIALS, "own", "mine")));
    var other = instances.records(Accounts.stored(database));
    other.commit(List.of(put(RecordKind.CREDENTIALS, "own", "theirs")));

    other.commit(List.of(new RecordChange.Remove(new RecordKey(RecordKind.CREDENTIALS, "own"))));

    assertThat(other.count(RecordKind.CREDENTIALS)).isZero();
    assertThat(records.read(new RecordKey(RecordKind.CREDENTIALS, "own"))).contains(bytes("mine"));
  }

  @Test
  void storesNeitherValuesNorNumbersInTheClear() {
    for (var kind : RecordKind.values()) {
      var name = RecordNames.readable(kind) ? "1" : "15550001000@s.whatsapp.net";
      records.commit(List.of(put(kind, name, "value in the clear")));
    }

    var rows =
        database
            .transactions()
            .read(dsl ->
                dsl.selectFrom(Tables.ENGINE_RECORD)
                    .where(Tables.ENGINE_RECORD.INSTANCE_ID.eq(account.instance().value()))
                    .fetch());
    assertThat(rows).hasSize(RecordKind.values().length);
    for (var row : rows) {
      assertThat(text(row.getNameKey())).doesNotContain("15550001000");
      assertThat(text(row.getValue())).doesNotContain("15550001000").doesNotContain("clear");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RecordKind.class,
      names = {"PREKEY", "SESSION"})
  void takesDamagedRowForLost(RecordKind kind) {
    var damaged = new RecordKey(kind, "1");
    records.commit(List.of(put(kind, "1", "one"), put(kind, "2", "two")));
    spoil(damaged);

    assertThat(records.read(damaged)).isEmpty();
    assertThat(records.readAll(List.of(damaged, new RecordKey(kind, "2"))).keySet())
        .containsExactly(new RecordKey(kind, "2"));
    assertThat(records.readAfter(kind, "", 10).keySet()).containsExactly("2");
    records.commit(List.of(put(kind, "1", "anew")));
    assertThat(records.read(damaged)).contains(bytes("anew"));
  }

  @Test
  void takesValueMovedFromAnotherRowForLost() {
    records.commit(List.of(put(RecordKind.PREKEY, "1", "one"), put(RecordKind.PREKEY, "2", "two")));
    database
        .transactions()
        .run(dsl ->
            dsl.execute(
                """
                UPDATE engine_record SET value = (SELECT value FROM engine_record
                  WHERE instance_id = ? AND name_key = '1') WHERE instance_id = ?
                """,
                account.instance().value(),
                account.instance().value()));

    assertThat(records.read(new RecordKey(RecordKind.PREKEY, "2"))).isEmpty();
    assertThat(records.readAfter(RecordKind.PREKEY, "", 10).keySet()).containsExactly("1");
  }

  @Test
  void doesNotTakeDamagedCredentialsForNone() {
    var own = new RecordKey(RecordKind.CREDENTIALS, "own");
    records.commit(List.of(put(RecordKind.CREDENTIALS, "own", "mine")));
    spoil(own);

    assertThatThrownBy(() -> records.read(own))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("credentials");
  }

  @Test
  void refusesToCommitForDeletedInstance() {
    instances.delete(account);

    var refused =
        catchThrowableOfType(
            GatewayException.class,
            () -> records.commit(List.of(put(RecordKind.SESSION, "a", "1"))));

    assertThat(refused.reason()).isEqualTo(Reason.INSTANCE_NOT_FOUND);
  }

  @Test
  void forgetsRecordsWithTheInstance() {
    records.commit(List.of(put(RecordKind.SESSION, "a", "1")));

    instances.delete(account);
    instances.insert(Accounts.instance(account));

    assertThat(records.count(RecordKind.SESSION)).isZero();
  }

  /** Leaves a row whose tag is right and whose text is none of ours. */
  private void spoil(RecordKey key) {
    var nameKey = new RecordNames(database.encryption()).key(account, key);
    var place =
        Place.of(
            "engine_record",
            account.tenant().value(),
            account.instance().value(),
            key.kind().name(),
            HexFormat.of().formatHex(nameKey));
    var value = database.encryption().seal(new byte[] {1}, place);
    var row = Tables.ENGINE_RECORD;
    var rows =
        database
            .transactions()
            .write(dsl ->
                dsl.update(row)
                    .set(row.VALUE, value)
                    .where(
                        row.INSTANCE_ID.eq(account.instance().value()),
                        row.KIND.eq(key.kind().name()),
                        row.NAME_KEY.eq(nameKey))
                    .execute());
    assertThat(rows).isOne();
  }

  private static RecordChange put(RecordKind kind, String name, String value) {
    return new RecordChange.Put(new RecordKey(kind, name), bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
