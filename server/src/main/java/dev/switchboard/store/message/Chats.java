package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.CHAT_ALIAS;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.store.encryption.Encryption;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Finds the chat with a person by any name, and learns names: what began as two chats, one by phone
 * number and one by LID, becomes one when both names come together.
 */
final class Chats {
  private static final int ATTEMPTS = 5;

  private final ChatAliases aliases;
  private final ChatPeers peers;

  Chats(Encryption encryption) {
    this.aliases = new ChatAliases(encryption);
    this.peers = new ChatPeers(encryption);
  }

  /** The chats with any of these people that exist by now. */
  List<UUID> find(DSLContext dsl, AccountKey account, Collection<Peer> people) {
    var keys = people.stream().flatMap(peer -> aliases.of(account, peer).stream()).toList();
    return keys.isEmpty() ? List.of() : find(dsl, account, keys).distinct().toList();
  }

  /** The one chat with this person, made or completed if need be; within a transaction. */
  UUID resolve(DSLContext dsl, AccountKey account, Peer peer) {
    var keys = aliases.of(account, peer);
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var found = find(dsl, account, keys).toList();
      var chats = found.stream().distinct().toList();
      if (chats.isEmpty()) {
        var made = UUID.randomUUID();
        if (make(dsl, account, made, peer, keys)) {
          return made;
        }
        continue; // Another transaction was faster, and is visible to us now.
      }
      var chat = chats.getFirst();
      if (chats.size() > 1) {
        new ChatMerge(dsl, account).merge(chats.get(1), chat);
      }
      if (chats.size() > 1 || found.size() < keys.size()) {
        learn(dsl, account, chat, peer, keys);
      }
      return chat;
    }
    throw new IllegalStateException("a chat was made and removed " + ATTEMPTS + " times");
  }

  private boolean make(
      DSLContext dsl, AccountKey account, UUID chat, Peer peer, List<byte[]> keys) {
    dsl.insertInto(CHAT)
        .set(CHAT.TENANT_ID, account.tenant().value())
        .set(CHAT.INSTANCE_ID, account.instance().value())
        .set(CHAT.ID, chat)
        .set(CHAT.PEER, peers.seal(account, chat, peer))
        .execute();
    if (addAliases(dsl, account, chat, keys) == keys.size()) {
      return true;
    }
    dsl.deleteFrom(CHAT).where(is(account, chat)).execute();
    return false;
  }

  private void learn(DSLContext dsl, AccountKey account, UUID chat, Peer peer, List<byte[]> keys) {
    addAliases(dsl, account, chat, keys);
    var sealed =
        dsl.select(CHAT.PEER)
            .from(CHAT)
            .where(is(account, chat))
            .forUpdate()
            .fetchSingle(CHAT.PEER);
    var merged = ChatPeers.merge(peers.open(account, chat, sealed), peer);
    dsl.update(CHAT)
        .set(CHAT.PEER, peers.seal(account, chat, merged))
        .where(is(account, chat))
        .execute();
  }

  private static int addAliases(DSLContext dsl, AccountKey account, UUID chat, List<byte[]> keys) {
    var insert =
        dsl.insertInto(
            CHAT_ALIAS,
            CHAT_ALIAS.TENANT_ID,
            CHAT_ALIAS.INSTANCE_ID,
            CHAT_ALIAS.ALIAS_KEY,
            CHAT_ALIAS.CHAT_ID);
    for (var key : keys) {
      insert = insert.values(account.tenant().value(), account.instance().value(), key, chat);
    }
    return insert.onConflictDoNothing().execute();
  }

  private static Stream<UUID> find(DSLContext dsl, AccountKey account, List<byte[]> keys) {
    return dsl
        .select(CHAT_ALIAS.CHAT_ID)
        .from(CHAT_ALIAS)
        .where(
            CHAT_ALIAS.TENANT_ID.eq(account.tenant().value()),
            CHAT_ALIAS.INSTANCE_ID.eq(account.instance().value()),
            CHAT_ALIAS.ALIAS_KEY.in(keys))
        .fetch(CHAT_ALIAS.CHAT_ID)
        .stream();
  }

  private static Condition is(AccountKey account, UUID chat) {
    return CHAT.TENANT_ID
        .eq(account.tenant().value())
        .and(CHAT.INSTANCE_ID.eq(account.instance().value()))
        .and(CHAT.ID.eq(chat));
  }
}
