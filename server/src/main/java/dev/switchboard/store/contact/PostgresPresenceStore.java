package dev.switchboard.store.contact;

import static dev.switchboard.store.jooq.Tables.PRESENCE;

import dev.switchboard.contact.PresenceStore;
import dev.switchboard.instance.state.InstanceStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import dev.switchboard.store.event.EventRows;
import dev.switchboard.store.jooq.Tables;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** What is wanted of presence in PostgreSQL: a row for each account of which somebody said. */
public final class PostgresPresenceStore implements PresenceStore {
  private final Transactions transactions;
  private final Encryption encryption;
  private final EventRows events;

  public PostgresPresenceStore(Transactions transactions, Encryption encryption, EventRows events) {
    this.transactions = transactions;
    this.encryption = encryption;
    this.events = events;
  }

  @Override
  public PresenceWish find(AccountKey account) {
    return transactions.read(dsl -> read(dsl, account));
  }

  @Override
  public PresenceWish change(AccountKey account, UnaryOperator<PresenceWish> change) {
    return transactions.write(dsl -> {
      lockLinked(dsl, account);
      var before = read(dsl, account);
      var after = change.apply(before);
      if (!after.equals(before)) {
        write(dsl, account, after);
      }
      return after;
    });
  }

  @Override
  public void tell(AccountKey account, Peer person, Presence presence) {
    transactions.run(dsl -> {
      if (PostgresContactStore.isThere(dsl, account)) {
        var changed = new EventPayload.PresenceChanged(person, presence);
        events.add(dsl, new Occurrence(account, null, changed));
      }
    });
  }

  /** Whoever unlinks the instance locks it too. */
  private static void lockLinked(DSLContext dsl, AccountKey account) {
    var linked =
        dsl.select(Tables.INSTANCE.OWN.isNotNull())
            .from(Tables.INSTANCE)
            .where(Tables.INSTANCE.TENANT_ID.eq(account.tenant().value()))
            .and(Tables.INSTANCE.ID.eq(account.instance().value()))
            .forNoKeyUpdate()
            .fetchOptional(row -> row.value1())
            .orElseThrow(() -> InstanceStore.absent(account));
    if (!linked) {
      throw new GatewayException(
          Reason.INSTANCE_NOT_LINKED, "the instance is not linked to an account; pair it first");
    }
  }

  private PresenceWish read(DSLContext dsl, AccountKey account) {
    return dsl.select(PRESENCE.WISH)
        .from(PRESENCE)
        .where(is(account))
        .fetchOptional(PRESENCE.WISH)
        .map(sealed -> PresenceBytes.decode(encryption.open(sealed, place(account))))
        .orElse(PresenceWish.NONE);
  }

  private void write(DSLContext dsl, AccountKey account, PresenceWish wish) {
    var sealed = encryption.seal(PresenceBytes.encode(wish), place(account));
    var _ =
        dsl.insertInto(PRESENCE)
            .set(PRESENCE.TENANT_ID, account.tenant().value())
            .set(PRESENCE.INSTANCE_ID, account.instance().value())
            .set(PRESENCE.WISH, sealed)
            .onConflict(PRESENCE.TENANT_ID, PRESENCE.INSTANCE_ID)
            .doUpdate()
            .set(PRESENCE.WISH, sealed)
            .execute();
  }

  private static Condition is(AccountKey account) {
    return PRESENCE
        .TENANT_ID
        .eq(account.tenant().value())
        .and(PRESENCE.INSTANCE_ID.eq(account.instance().value()));
  }

  private static Place place(AccountKey account) {
    return Place.of("presence", account.tenant().value(), account.instance().value());
  }
}
