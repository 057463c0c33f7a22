package dev.switchboard.testing;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.history.DeadLetter;
import dev.switchboard.history.History;
import dev.switchboard.history.MessagePage;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.history.Written;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.inbox.Reception;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.outbox.Outbox;
import dev.switchboard.outbox.Steps;
import dev.switchboard.outbox.dispatch.Follower;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Messages as storage would have them, kept in memory by following the journal. */
public final class InMemoryMessages implements Follower, History, InboxStore {
  private final List<Message> all = new ArrayList<>();
  private final Map<MessageId, Integer> attempts = new HashMap<>();
  private final Map<MessageId, @Nullable String> bulks = new HashMap<>();
  private final Map<MessageId, Integer> requeues = new HashMap<>();
  private final Consumer<Occurrence> happened;

  public InMemoryMessages() {
    this(_ -> {});
  }

  /** Messages of which is told what happens to them, as the real store does. */
  public InMemoryMessages(Consumer<Occurrence> happened) {
    this.happened = happened;
  }

  @Override
  public synchronized void applied(
      long position, JournalEntry entry, List<MessageId> concerned, boolean replay) {
    if (entry instanceof Accepted accepted) {
      accept(accepted);
    } else if (entry instanceof JournalEntry.Attempted attempted) {
      attempts.merge(attempted.id(), attempted.attempt(), Math::max);
    }
    for (MessageId id : concerned) {
      step(entry, id);
    }
  }

  private void accept(Accepted accepted) {
    if (requeues.getOrDefault(accepted.id(), -1) >= accepted.requeues()) {
      return; // Storage takes each chance once.
    }
    requeues.put(accepted.id(), accepted.requeues());
    Message message = Outbox.message(accepted, MessageStatus.ACCEPTED);
    bulks.put(accepted.id(), accepted.options().bulk());
    int index = index(accepted.account(), accepted.id());
    if (index < 0) {
      all.add(message);
    } else {
      all.set(index, message);
    }
  }

  private void step(JournalEntry entry, MessageId id) {
    int index = index(entry.account(), id);
    if (index < 0) {
      return;
    }
    Message before = all.get(index);
    Message after = Steps.after(before, entry);
    all.set(index, after);
    if (!after.equals(before) && !(entry instanceof JournalEntry.Attempted)) {
      tell(after, changed(after, before.status()));
    }
  }

  private static EventPayload changed(Message after, MessageStatus before) {
    return switch (after.status()) {
      case FAILED -> new EventPayload.MessageFailed(after);
      case CANCELLED -> new EventPayload.MessageCancelled(after);
      case ACCEPTED, SENDING, SENT, DELIVERED, READ, PLAYED, RECEIVED ->
          new EventPayload.MessageStatusChanged(after, before, null);
    };
  }

  @Override
  public synchronized Reception receive(Message message, List<RecordChange> changes) {
    boolean known = all.removeIf(one -> one.id().equals(message.id()));
    all.add(message);
    tell(message, received(message, known));
    return known ? new Reception.Resolved(message) : new Reception.Stored(message);
  }

  private static EventPayload received(Message message, boolean known) {
    if (known) {
      return new EventPayload.MessageResolved(message);
    }
    return message.content() instanceof MessageContent.Undecryptable
        ? new EventPayload.MessageUndecryptable(message)
        : new EventPayload.MessageReceived(message);
  }

  private void tell(Message message, EventPayload payload) {
    happened.accept(new Occurrence(message.account(), null, payload));
  }

  @Override
  public List<Message> applyReceipt(AccountKey account, Receipt receipt) {
    return List.of();
  }

  @Override
  public synchronized Optional<Message> find(AccountKey account, MessageId id) {
    int index = index(account, id);
    return index < 0 ? Optional.empty() : Optional.of(all.get(index));
  }

  @Override
  public synchronized Optional<Written> written(AccountKey account, Peer chat, MessageId id) {
    int written = attempts.getOrDefault(id, 0);
    return find(account, id)
        .filter(message -> written > 0 && message.chat().mayBe(chat))
        .map(message -> new Written(message, written));
  }

  @Override
  public synchronized Optional<DeadLetter> deadLetter(AccountKey account, MessageId id) {
    return find(account, id)
        .filter(message -> message.status() == MessageStatus.FAILED)
        .map(
            message -> new DeadLetter(message, false, bulks.get(id), requeues.getOrDefault(id, 0)));
  }

  @Override
  public synchronized Map<MessageStatus, Integer> countBulk(AccountKey account, String bulk) {
    Map<MessageStatus, Integer> counts = new HashMap<>();
    all.stream()
        .filter(one -> one.account().equals(account) && bulk.equals(bulks.get(one.id())))
        .forEach(one -> counts.merge(one.status(), 1, Integer::sum));
    return counts;
  }

  @Override
  public synchronized MessagePage list(MessageQuery query) {
    List<Message> page = new ArrayList<>();
    long position = query.before() == null ? all.size() : query.before();
    while (position > 0 && page.size() < query.limit()) {
      Message message = all.get((int) --position);
      if (asked(query).test(message)) {
        page.add(message);
      }
    }
    return new MessagePage(page, position > 0 ? position : null);
  }

  private static Predicate<Message> asked(MessageQuery query) {
    return message ->
        message.account().equals(query.account())
            && (query.status() == null || query.status() == message.status())
            && (query.direction() == null || query.direction() == message.direction());
  }

  private int index(AccountKey account, MessageId id) {
    for (int index = 0; index < all.size(); index++) {
      if (all.get(index).account().equals(account) && all.get(index).id().equals(id)) {
        return index;
      }
    }
    return -1;
  }
}
