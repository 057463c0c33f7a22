package dev.switchboard.store.contact;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.CHAT_ALIAS;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.store.database.Texts;
import dev.switchboard.store.encryption.Encryption;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The rows of people and of the names they are found by; within the transaction of the caller. */
final class ChatTable {
  private final ChatPeers peers;
  private final ChatNames names;

  ChatTable(Encryption encryption) {
    this.peers = new ChatPeers(encryption);
    this.names = new ChatNames(encryption);
  }

  /** Who has this name. */
  Optional<ChatRow> find(DSLContext dsl, AccountKey account, byte[] alias) {
    return dsl.select(CHAT.fields())
        .from(CHAT)
        .join(CHAT_ALIAS)
        .on(
            CHAT_ALIAS.TENANT_ID.eq(CHAT.TENANT_ID),
            CHAT_ALIAS.INSTANCE_ID.eq(CHAT.INSTANCE_ID),
            CHAT_ALIAS.CHAT_ID.eq(CHAT.ID))
        .where(aliases(account), CHAT_ALIAS.ALIAS_KEY.eq(alias))
        .fetchOptional(row -> toRow(account, row));
  }

  /** Who has these names, by name. */
  Map<ByteBuffer, ChatRow> findAll(DSLContext dsl, AccountKey account, Collection<byte[]> aliases) {
    var found = new HashMap<ByteBuffer, ChatRow>();
    dsl.select(CHAT.fields())
        .select(CHAT_ALIAS.ALIAS_KEY)
        .from(CHAT)
        .join(CHAT_ALIAS)
        .on(
            CHAT_ALIAS.TENANT_ID.eq(CHAT.TENANT_ID),
            CHAT_ALIAS.INSTANCE_ID.eq(CHAT.INSTANCE_ID),
            CHAT_ALIAS.CHAT_ID.eq(CHAT.ID))
        .where(aliases(account), CHAT_ALIAS.ALIAS_KEY.in(aliases))
        .forEach(
            row -> found.put(ByteBuffer.wrap(row.get(CHAT_ALIAS.ALIAS_KEY)), toRow(account, row)));
    return found;
  }

  /** Those who come after a position, in the order in which they became known. */
  List<ChatRow> list(DSLContext dsl, AccountKey account, long after, int limit) {
    return dsl.select(CHAT.fields())
        .from(CHAT)
        .where(of(account), CHAT.SEQUENCE.gt(after))
        .orderBy(CHAT.SEQUENCE)
        .limit(limit)
        .fetch(row -> toRow(account, row));
  }

  /** The chats with these names, one for each name that is known. */
  List<UUID> ids(DSLContext dsl, AccountKey account, Collection<byte[]> aliases) {
    return dsl.select(CHAT_ALIAS.CHAT_ID)
        .from(CHAT_ALIAS)
        .where(aliases(account), CHAT_ALIAS.ALIAS_KEY.in(aliases))
        .fetch(CHAT_ALIAS.CHAT_ID);
  }

  /** Keeps the chat from being merged away until the transaction ends; false when it is gone. */
  boolean hold(DSLContext dsl, AccountKey account, UUID chat) {
    return dsl.select(CHAT.ID)
        .from(CHAT)
        .where(is(account, chat))
        .forKeyShare()
        .fetch()
        .isNotEmpty();
  }

  ChatRow insert(DSLContext dsl, Contact contact) {
    var account = contact.account();
    var id = UUID.randomUUID();
    var sequence =
        dsl.insertInto(CHAT)
            .set(CHAT.TENANT_ID, account.tenant().value())
            .set(CHAT.INSTANCE_ID, account.instance().value())
            .set(CHAT.ID, id)
            .set(CHAT.PEER, peers.seal(account, id, contact.peer()))
            .set(CHAT.NAMES, names.seal(account, id, contact.names()))
            .set(CHAT.IDENTITY_CHANGED_AT, contact.identityChangedAt())
            .returning(CHAT.SEQUENCE)
            .fetchSingle(CHAT.SEQUENCE);
    return new ChatRow(id, sequence, contact);
  }

  /** As {@link #insert} and {@link #putAlias} for people whose names nobody has. */
  void insertAll(DSLContext dsl, AccountKey account, Map<Contact, List<byte[]>> people) {
    var hex = HexFormat.of();
    var chats = new Texts(2);
    var names = new Texts(2);
    people.forEach((contact, aliases) -> {
      var id = UUID.randomUUID();
      chats.add(id, hex.formatHex(peers.seal(account, id, contact.peer())));
      aliases.forEach(alias -> names.add(id, hex.formatHex(alias)));
    });
    insert(dsl, account, "chat (tenant_id, instance_id, id, peer)", chats);
    insert(dsl, account, "chat_alias (tenant_id, instance_id, chat_id, alias_key)", names);
  }

  private static void insert(DSLContext dsl, AccountKey account, String columns, Texts rows) {
    dsl.query(
            "insert into "
                + columns
                + " select {0}, {1}, chat::uuid, decode(value, 'hex')"
                + " from unnest({2}) with ordinality as k(chat, value, place) order by place",
            DSL.val(account.tenant().value()),
            DSL.val(account.instance().value()),
            DSL.list(rows.arrays()))
        .execute();
  }

  void update(DSLContext dsl, ChatRow row) {
    var contact = row.contact();
    var account = contact.account();
    dsl.update(CHAT)
        .set(CHAT.PEER, peers.seal(account, row.id(), contact.peer()))
        .set(CHAT.NAMES, names.seal(account, row.id(), contact.names()))
        .set(CHAT.IDENTITY_CHANGED_AT, contact.identityChangedAt())
        .where(is(account, row.id()))
        .execute();
  }

  /** Gives the chat a name, whoever had it before. */
  void putAlias(DSLContext dsl, AccountKey account, byte[] alias, UUID chat) {
    dsl.insertInto(CHAT_ALIAS)
        .set(CHAT_ALIAS.TENANT_ID, account.tenant().value())
        .set(CHAT_ALIAS.INSTANCE_ID, account.instance().value())
        .set(CHAT_ALIAS.ALIAS_KEY, alias)
        .set(CHAT_ALIAS.CHAT_ID, chat)
        .onConflict(CHAT_ALIAS.TENANT_ID, CHAT_ALIAS.INSTANCE_ID, CHAT_ALIAS.ALIAS_KEY)
        .doUpdate()
        .set(CHAT_ALIAS.CHAT_ID, chat)
        .execute();
  }

  void removeAlias(DSLContext dsl, AccountKey account, byte[] alias) {
    dsl.deleteFrom(CHAT_ALIAS).where(aliases(account), CHAT_ALIAS.ALIAS_KEY.eq(alias)).execute();
  }

  private ChatRow toRow(AccountKey account, Record row) {
    var id = row.get(CHAT.ID);
    byte @Nullable [] sealedNames = row.get(CHAT.NAMES);
    var contact =
        new Contact(
            account,
            peers.open(account, id, row.get(CHAT.PEER)),
            names.open(account, id, sealedNames),
            row.get(CHAT.IDENTITY_CHANGED_AT));
    return new ChatRow(id, row.get(CHAT.SEQUENCE), contact);
  }

  private static Condition aliases(AccountKey account) {
    return CHAT_ALIAS
        .TENANT_ID
        .eq(account.tenant().value())
        .and(CHAT_ALIAS.INSTANCE_ID.eq(account.instance().value()));
  }

  private static Condition is(AccountKey account, UUID chat) {
    return of(account).and(CHAT.ID.eq(chat));
  }

  private static Condition of(AccountKey account) {
    return CHAT.TENANT_ID
        .eq(account.tenant().value())
        .and(CHAT.INSTANCE_ID.eq(account.instance().value()));
  }
}
