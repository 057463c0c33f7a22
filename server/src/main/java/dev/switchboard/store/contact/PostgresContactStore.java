package dev.switchboard.store.contact;

import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.contact.ContactEvent;
import dev.switchboard.contact.ContactPage;
import dev.switchboard.contact.ContactStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.projection.PendingRecords;
import dev.switchboard.store.account.RecordTable;
import dev.switchboard.store.database.Transactions;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.event.EventRows;
import dev.switchboard.store.jooq.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Contacts in PostgreSQL. */
public final class PostgresContactStore implements ContactStore {
  private final Transactions transactions;
  private final Encryption encryption;
  private final ChatTable table;
  private final ChatAliases aliases;
  private final RecordTable records;
  private final EventRows events;

  /** Without a journal, and nobody is told. */
  public PostgresContactStore(Transactions transactions, Encryption encryption) {
    this(transactions, encryption, PendingRecords.none(), EventRows.none());
  }

  public PostgresContactStore(
      Transactions transactions, Encryption encryption, PendingRecords pending, EventRows events) {
    this.transactions = transactions;
    this.encryption = encryption;
    this.table = new ChatTable(encryption);
    this.aliases = new ChatAliases(encryption);
    this.records = new RecordTable(encryption, pending);
    this.events = events;
  }

  @Override
  public List<ContactEvent> merge(
      AccountKey account, List<Peer> people, boolean historical, List<RecordChange> changes) {
    return change(account, historical, changes, graph -> graph.linkAll(people));
  }

  @Override
  public List<ContactEvent> changeIdentity(
      AccountKey account, Peer person, Instant at, List<RecordChange> changes) {
    return change(account, false, changes, graph -> noteIdentity(graph, person, at));
  }

  @Override
  public List<ContactEvent> name(
      AccountKey account, List<NamedPeer> people, boolean historical, List<RecordChange> changes) {
    return change(
        account, historical, changes, graph -> people.forEach(named -> note(graph, named)));
  }

  @Override
  public void chatState(AccountKey account, Peer chat, ChatState state) {
    transactions.run(dsl -> {
      if (isThere(dsl, account)) {
        var changed = new EventPayload.ChatStateChanged(chat, state);
        events.add(dsl, new Occurrence(account, null, changed));
      }
    });
  }

  /** And stays until the transaction ends: that it is deleted is its last event. */
  static boolean isThere(DSLContext dsl, AccountKey account) {
    return dsl.selectOne()
        .from(Tables.INSTANCE)
        .where(Tables.INSTANCE.TENANT_ID.eq(account.tenant().value()))
        .and(Tables.INSTANCE.ID.eq(account.instance().value()))
        .forKeyShare()
        .fetchOptional()
        .isPresent();
  }

  @Override
  public Optional<Contact> find(AccountKey account, Peer peer) {
    return transactions.read(dsl ->
        aliases.of(account, peer).stream()
            .flatMap(alias -> table.find(dsl, account, alias).stream())
            .findFirst()
            .map(ChatRow::contact));
  }

  @Override
  public ContactPage list(AccountKey account, @Nullable Long after, int limit) {
    // One more than asked for, to know whether there is a next page.
    var rows =
        transactions.read(
            dsl -> table.list(dsl, account, after == null ? Long.MIN_VALUE : after, limit + 1));
    var shown = rows.subList(0, Math.min(limit, rows.size()));
    var next = rows.size() > limit ? shown.getLast().sequence() : null;
    return new ContactPage(shown.stream().map(ChatRow::contact).toList(), next);
  }

  private List<ContactEvent> change(
      AccountKey account,
      boolean historical,
      List<RecordChange> changes,
      Consumer<ChatGraph> change) {
    return transactions.write(dsl -> {
      var graph = new ChatGraph(dsl, account, encryption);
      change.accept(graph);
      records.apply(dsl, account, changes);
      events.add(dsl, graph.occurrences(historical));
      return graph.events();
    });
  }

  private static void noteIdentity(ChatGraph graph, Peer person, Instant at) {
    var row = graph.link(person);
    @Nullable Instant before = row.contact().identityChangedAt();
    if (before == null || before.isBefore(at)) {
      var known = row.contact().withIdentityChangedAt(at);
      var _ = graph.update(row, known, new ContactEvent.IdentityChanged(known));
    }
  }

  private static void note(ChatGraph graph, NamedPeer named) {
    var row = graph.link(named.peer());
    var names = row.contact().names().updatedBy(named.names());
    if (!names.equals(row.contact().names())) {
      var known = row.contact().withNames(names);
      var _ = graph.update(row, known, new ContactEvent.Updated(known));
    }
  }
}
