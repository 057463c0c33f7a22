package dev.switchboard.store.contact;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.store.encryption.Encryption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/** Finds the chat with a person by any name, for what is stored in it. */
public final class Chats {
  private final Encryption encryption;
  private final ChatAliases aliases;
  private final ChatTable table;

  public Chats(Encryption encryption) {
    this.encryption = encryption;
    this.aliases = new ChatAliases(encryption);
    this.table = new ChatTable(encryption);
  }

  /** The chats with any of these people that exist by now. */
  public List<UUID> find(DSLContext dsl, AccountKey account, Collection<Peer> people) {
    var keys = people.stream().flatMap(peer -> aliases.of(account, peer).stream()).toList();
    return keys.isEmpty() ? List.of() : table.ids(dsl, account, keys).stream().distinct().toList();
  }

  /** The keys of the rows of {@code chat_alias} that name a person. */
  public List<byte[]> keys(AccountKey account, Peer peer) {
    return aliases.of(account, peer);
  }

  /**
   * The one chat with this person, made or completed if need be; within a transaction, until whose
   * end no merge takes it away.
   *
   * @param told what becomes known of people by it
   */
  public UUID resolve(DSLContext dsl, AccountKey account, Peer peer, Consumer<Occurrence> told) {
    var keys = aliases.of(account, peer);
    var found = table.ids(dsl, account, keys);
    var complete = found.size() == keys.size() && new HashSet<>(found).size() == 1;
    // Held only when nothing is left to do: who waits to change people must hold none of them.
    if (complete && table.hold(dsl, account, found.getFirst())) {
      return found.getFirst();
    }
    var graph = new ChatGraph(dsl, account, encryption);
    var chat = graph.link(peer).id();
    graph.occurrences().forEach(told);
    return chat;
  }
}
