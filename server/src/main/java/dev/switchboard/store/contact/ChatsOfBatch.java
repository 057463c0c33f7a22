package dev.switchboard.store.contact;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.CHAT_ALIAS;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.store.encryption.Encryption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The chats of many people of many accounts at once, for a transaction that shares the {@link
 * PeopleLock} of all these accounts.
 */
public final class ChatsOfBatch {
  private static final HexFormat HEX = HexFormat.of();

  private final Encryption encryption;
  private final ChatAliases aliases;
  private final ChatPeers peers;

  public ChatsOfBatch(Encryption encryption) {
    this.encryption = encryption;
    this.aliases = new ChatAliases(encryption);
    this.peers = new ChatPeers(encryption);
  }

  /** A person of an account, under the names that somebody used. */
  public record Named(AccountKey account, Peer peer) {}

  /** A chat, and whom it is with under every name that is known. */
  public record Chat(UUID id, Peer peer) {}

  /**
   * The one chat with each of them, made or completed if need be.
   *
   * @param told what becomes known of people by it
   */
  public Map<Named, Chat> resolve(
      DSLContext dsl, Collection<Named> people, Consumer<Occurrence> told) {
    var keys = new HashMap<Named, List<String>>();
    people.forEach(named -> keys.computeIfAbsent(named, this::keys));
    var found = find(dsl, keys);
    var incomplete =
        people.stream()
            .filter(named -> !complete(keys.getOrDefault(named, List.of()), found))
            .distinct()
            .toList();
    incomplete.forEach(named -> link(dsl, named).forEach(told));
    return chats(keys, incomplete.isEmpty() ? found : find(dsl, keys));
  }

  private static Map<Named, Chat> chats(Map<Named, List<String>> keys, Map<String, Chat> found) {
    var chats = new HashMap<Named, Chat>();
    for (var entry : keys.entrySet()) {
      // The last name is the LID, where it is known: it never moves to another person.
      var chat = found.get(entry.getValue().getLast());
      if (chat == null) {
        throw new IllegalStateException("a chat that was just made is not there");
      }
      chats.put(entry.getKey(), chat);
    }
    return chats;
  }

  /** Who these chats are with. */
  public Map<UUID, Peer> peers(DSLContext dsl, Map<UUID, AccountKey> chats) {
    var accounts = new ArrayList<>(chats.entrySet());
    var opened = new HashMap<UUID, Peer>();
    dsl.select(CHAT.ID, CHAT.PEER)
        .from(CHAT)
        .join(
            DSL.table(
                "unnest({0}, {1}, {2}) as k(tenant, instance, id)",
                texts(accounts.stream().map(entry -> entry.getValue().tenant().value()).toList()),
                texts(accounts.stream().map(entry -> entry.getValue().instance().value()).toList()),
                DSL.val(accounts.stream().map(Map.Entry::getKey).toArray(UUID[]::new))))
        .on(
            CHAT.TENANT_ID.eq(DSL.field("k.tenant", String.class)),
            CHAT.INSTANCE_ID.eq(DSL.field("k.instance", String.class)),
            CHAT.ID.eq(DSL.field("k.id", UUID.class)))
        .forEach(row -> {
          @Nullable AccountKey account = chats.get(row.value1());
          if (account != null) {
            opened.put(row.value1(), peers.open(account, row.value1(), row.value2()));
          }
        });
    return opened;
  }

  private List<Occurrence> link(DSLContext dsl, Named named) {
    var graph = new ChatGraph(dsl, named.account(), encryption);
    var _ = graph.link(named.peer());
    return graph.occurrences();
  }

  private List<String> keys(Named named) {
    return aliases.of(named.account(), named.peer()).stream().map(HEX::formatHex).toList();
  }

  private static boolean complete(List<String> keys, Map<String, Chat> found) {
    return keys.stream().allMatch(found::containsKey)
        && keys.stream().map(key -> found.get(key)).distinct().count() == 1;
  }

  /** By alias, which says the account too. */
  private Map<String, Chat> find(DSLContext dsl, Map<Named, List<String>> keys) {
    var accounts = new ArrayList<AccountKey>();
    var names = new ArrayList<String>();
    var owners = new HashMap<String, AccountKey>();
    keys.forEach((named, of) -> {
      for (var key : of) {
        if (owners.put(key, named.account()) == null) {
          accounts.add(named.account());
          names.add(key);
        }
      }
    });
    return read(dsl, owners, accounts, names);
  }

  private Map<String, Chat> read(
      DSLContext dsl,
      Map<String, AccountKey> owners,
      List<AccountKey> accounts,
      List<String> names) {
    var found = new HashMap<String, Chat>();
    dsl.select(CHAT_ALIAS.ALIAS_KEY, CHAT.ID, CHAT.PEER)
        .from(
            DSL.table(
                "unnest({0}, {1}, {2}) as k(tenant, instance, alias)",
                texts(accounts.stream().map(account -> account.tenant().value()).toList()),
                texts(accounts.stream().map(account -> account.instance().value()).toList()),
                texts(names)))
        .join(CHAT_ALIAS)
        .on(
            CHAT_ALIAS.TENANT_ID.eq(DSL.field("k.tenant", String.class)),
            CHAT_ALIAS.INSTANCE_ID.eq(DSL.field("k.instance", String.class)),
            CHAT_ALIAS.ALIAS_KEY.eq(DSL.field("decode(k.alias, 'hex')", byte[].class)))
        .join(CHAT)
        .on(
            CHAT.TENANT_ID.eq(CHAT_ALIAS.TENANT_ID),
            CHAT.INSTANCE_ID.eq(CHAT_ALIAS.INSTANCE_ID),
            CHAT.ID.eq(CHAT_ALIAS.CHAT_ID))
        .forEach(row -> {
          var name = HEX.formatHex(row.value1());
          @Nullable AccountKey account = owners.get(name);
          if (account != null) {
            var peer = peers.open(account, row.value2(), row.value3());
            found.put(name, new Chat(row.value2(), peer));
          }
        });
    return found;
  }

  private static Field<String[]> texts(List<String> values) {
    return DSL.val(values.toArray(String[]::new));
  }
}
