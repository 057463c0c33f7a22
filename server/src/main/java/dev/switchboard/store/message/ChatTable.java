package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.CHAT_ALIAS;
import static dev.switchboard.store.jooq.Tables.INSTANCE;
import static dev.switchboard.store.jooq.Tables.MESSAGE;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.store.account.PeerBytes;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Chats, found by any name of the person; within the transaction of whoever calls. When a message
 * shows that two chats are with one person, they become one.
 */
final class ChatTable {
  private final Encryption encryption;

  ChatTable(Encryption encryption) {
    this.encryption = encryption;
  }

  /** A chat: its id, and the person under every name known by now. */
  record Chat(UUID id, Peer peer) {}

  /** The chat with this person, if there is one. */
  Optional<Chat> find(DSLContext dsl, AccountKey account, Peer peer) {
    return matching(dsl, account, peer).stream().findFirst();
  }

  /** The chat with this person, made or completed as far as need be. */
  Chat findOrCreate(DSLContext dsl, AccountKey account, Peer peer) {
    List<Chat> known = matching(dsl, account, peer);
    if (known.size() == 1 && merged(known.getFirst().peer, peer).equals(known.getFirst().peer)) {
      return known.getFirst();
    }
    lock(dsl, account);
    known = matching(dsl, account, peer);
    if (known.isEmpty()) {
      return create(dsl, account, peer);
    }
    Chat kept = known.getFirst();
    Peer all = peer;
    for (Chat chat : known) {
      all = merged(all, chat.peer);
    }
    for (Chat other : known.subList(1, known.size())) {
      merge(dsl, account, other.id, kept.id);
    }
    return complete(dsl, account, kept.id, all);
  }

  Peer open(AccountKey account, UUID id, byte[] sealed) {
    return PeerBytes.decode(encryption.open(sealed, place(account, id)));
  }

  /** The ids of the chats with these people. */
  Select<?> idsOf(DSLContext dsl, AccountKey account, Collection<Peer> peers) {
    List<byte[]> keys = peers.stream().flatMap(peer -> keys(account, peer).stream()).toList();
    return dsl.select(CHAT_ALIAS.CHAT_ID)
        .from(CHAT_ALIAS)
        .where(of(account), CHAT_ALIAS.ALIAS_KEY.in(keys));
  }

  private List<Chat> matching(DSLContext dsl, AccountKey account, Peer peer) {
    return dsl.selectDistinct(CHAT.ID, CHAT.PEER)
        .from(CHAT)
        .join(CHAT_ALIAS)
        .on(
            CHAT_ALIAS.TENANT_ID.eq(CHAT.TENANT_ID),
            CHAT_ALIAS.INSTANCE_ID.eq(CHAT.INSTANCE_ID),
            CHAT_ALIAS.CHAT_ID.eq(CHAT.ID))
        .where(of(account), CHAT_ALIAS.ALIAS_KEY.in(keys(account, peer)))
        .orderBy(CHAT.ID)
        .fetch(row -> new Chat(row.value1(), open(account, row.value1(), row.value2())));
  }

  /** One maker of chats per account at a time: two would make two chats of one person. */
  private static void lock(DSLContext dsl, AccountKey account) {
    dsl.selectOne()
        .from(INSTANCE)
        .where(
            INSTANCE.TENANT_ID.eq(account.tenant().value()),
            INSTANCE.ID.eq(account.instance().value()))
        .forUpdate()
        .fetch();
  }

  private Chat create(DSLContext dsl, AccountKey account, Peer peer) {
    UUID id = UUID.randomUUID();
    dsl.insertInto(CHAT, CHAT.TENANT_ID, CHAT.INSTANCE_ID, CHAT.ID, CHAT.PEER)
        .values(
            account.tenant().value(), account.instance().value(), id, seal(account, id, peer))
        .execute();
    insertAliases(dsl, account, id, peer);
    return new Chat(id, peer);
  }

  private Chat complete(DSLContext dsl, AccountKey account, UUID id, Peer peer) {
    dsl.update(CHAT)
        .set(CHAT.PEER, seal(account, id, peer))
        .where(
            CHAT.TENANT_ID.eq(account.tenant().value()),
            CHAT.INSTANCE_ID.eq(account.instance().value()),
            CHAT.ID.eq(id))
        .execute();
    insertAliases(dsl, account, id, peer);
    return new Chat(id, peer);
  }

  private void insertAliases(DSLContext dsl, AccountKey account, UUID id, Peer peer) {
    for (byte[] key : keys(account, peer)) {
      dsl.insertInto(
              CHAT_ALIAS,
              CHAT_ALIAS.TENANT_ID,
              CHAT_ALIAS.INSTANCE_ID,
              CHAT_ALIAS.ALIAS_KEY,
              CHAT_ALIAS.CHAT_ID)
          .values(account.tenant().value(), account.instance().value(), key, id)
          .onConflictDoNothing()
          .execute();
    }
  }

  /** A message that both chats hold stays once; it goes with the chat that is removed. */
  private static void merge(DSLContext dsl, AccountKey account, UUID from, UUID to) {
    var twin = MESSAGE.as("twin");
    dsl.update(MESSAGE)
        .set(MESSAGE.CHAT_ID, to)
        .where(
            MESSAGE.TENANT_ID.eq(account.tenant().value()),
            MESSAGE.INSTANCE_ID.eq(account.instance().value()),
            MESSAGE.CHAT_ID.eq(from))
        .andNotExists(
            DSL.selectOne()
                .from(twin)
                .where(
                    twin.TENANT_ID.eq(MESSAGE.TENANT_ID),
                    twin.INSTANCE_ID.eq(MESSAGE.INSTANCE_ID),
                    twin.CHAT_ID.eq(to),
                    twin.MESSAGE_ID.eq(MESSAGE.MESSAGE_ID),
                    twin.DIRECTION.eq(MESSAGE.DIRECTION)))
        .execute();
    dsl.update(CHAT_ALIAS)
        .set(CHAT_ALIAS.CHAT_ID, to)
        .where(of(account), CHAT_ALIAS.CHAT_ID.eq(from))
        .execute();
    dsl.deleteFrom(CHAT)
        .where(
            CHAT.TENANT_ID.eq(account.tenant().value()),
            CHAT.INSTANCE_ID.eq(account.instance().value()),
            CHAT.ID.eq(from))
        .execute();
  }

  /** The names of both; where they disagree, the newer one's. */
  private static Peer merged(Peer newer, Peer older) {
    return new Peer(
        newer.phoneNumber() != null ? newer.phoneNumber() : older.phoneNumber(),
        newer.lid() != null ? newer.lid() : older.lid());
  }

  private List<byte[]> keys(AccountKey account, Peer peer) {
    List<byte[]> keys = new ArrayList<>();
    peer.knownPhoneNumber().map(PhoneNumber::digits).ifPresent(d -> keys.add(key(account, "p", d)));
    peer.knownLid().map(Lid::digits).ifPresent(d -> keys.add(key(account, "l", d)));
    return keys;
  }

  private byte[] key(AccountKey account, String kind, String digits) {
    return encryption.lookupKey(
        Place.of(
            "chat_alias", account.tenant().value(), account.instance().value(), kind, digits));
  }

  private byte[] seal(AccountKey account, UUID id, Peer peer) {
    return encryption.seal(PeerBytes.encode(peer), place(account, id));
  }

  private static Place place(AccountKey account, UUID id) {
    return Place.of("chat", account.tenant().value(), account.instance().value(), id.toString());
  }

  private static Condition of(AccountKey account) {
    return CHAT_ALIAS
        .TENANT_ID
        .eq(account.tenant().value())
        .and(CHAT_ALIAS.INSTANCE_ID.eq(account.instance().value()));
  }
}
