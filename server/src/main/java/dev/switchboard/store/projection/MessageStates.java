package dev.switchboard.store.projection;

import static java.util.Comparator.comparing;

import dev.switchboard.connector.Receipt;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.store.contact.ChatsOfBatch.Chat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The outbound messages that a batch speaks of. */
final class MessageStates {
  /** Names a message, or, since other devices choose ids too, seldom several. */
  record Key(AccountKey account, MessageId id) {}

  private final Map<Key, List<MessageState>> states = new LinkedHashMap<>();

  void add(MessageState state) {
    states
        .computeIfAbsent(new Key(state.account(), state.id()), key -> new ArrayList<>(1))
        .add(state);
  }

  /** The message that this gateway accepted; without one the last that there is. */
  Optional<MessageState> accepted(AccountKey account, MessageId id) {
    return all(account, id).stream()
        .max(comparing(MessageState::own).thenComparingLong(MessageStates::sequence));
  }

  /** The message of this id that may not be accepted anew. */
  Optional<MessageState> known(AccountKey account, MessageId id, Chat chat) {
    return all(account, id).stream()
        .filter(state -> state.own() || state.chat().id().equals(chat.id()))
        .max(comparing(MessageState::own));
  }

  /** Whether another message of this id lies in the chat: there can be one only. */
  boolean taken(MessageState by, Chat chat) {
    return all(by.account(), by.id()).stream()
        .anyMatch(state -> state != by && state.chat().id().equals(chat.id()));
  }

  /**
   * The messages that a receipt may mean. A chat known by phone number only takes the receipt of a
   * LID that nothing is known of, and the reverse.
   */
  List<MessageState> meant(AccountKey account, Receipt receipt) {
    return receipt.ids().stream()
        .distinct()
        .flatMap(id -> all(account, id).stream())
        .filter(state -> state.chat().peer().mayBe(receipt.chat()))
        .toList();
  }

  /** Everything of an account that is still to be sent. */
  List<MessageState> waiting(AccountKey account) {
    return all().filter(state -> state.account().equals(account) && state.waiting()).toList();
  }

  Stream<MessageState> all() {
    return states.values().stream().flatMap(Collection::stream);
  }

  private List<MessageState> all(AccountKey account, MessageId id) {
    return states.getOrDefault(new Key(account, id), List.of());
  }

  /** What is not stored yet comes last. */
  private static long sequence(MessageState state) {
    var stored = state.stored();
    return stored == null ? Long.MAX_VALUE : stored.sequence();
  }
}
