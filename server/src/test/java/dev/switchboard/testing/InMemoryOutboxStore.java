package dev.switchboard.testing;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.outbox.OutboxStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Outbound messages in memory. */
public final class InMemoryOutboxStore implements OutboxStore {
  @SuppressWarnings("ArrayRecordComponent") // Compared by its content where it is compared.
  private record Named(byte[] hash, MessageId id) {}

  private final Map<MessageId, Message> messages = new LinkedHashMap<>();
  private final Map<MessageId, Integer> attempts = new HashMap<>();
  private final Map<String, Named> requests = new HashMap<>();
  private final Outage outage = new Outage();
  private long looks;
  private boolean lookedInVain;
  private volatile @Nullable RuntimeException defect;

  public Outage outage() {
    return outage;
  }

  /** The next look for a message to send meets this defect. */
  public void breakNext(RuntimeException thrown) {
    defect = thrown;
  }

  /** How often a sender looked for a message to send. */
  public synchronized long looks() {
    return looks;
  }

  /** Whether there was none the last time. */
  public synchronized boolean lookedInVain() {
    return lookedInVain;
  }

  public synchronized Message message(MessageId id) {
    return Optional.ofNullable(messages.get(id)).orElseThrow();
  }

  public synchronized int attempts(MessageId id) {
    return attempts.getOrDefault(id, 0);
  }

  @Override
  public synchronized Message accept(Message message, Request request, int queueLimit) {
    outage.check();
    Named named = requests.get(request.id());
    if (named != null) {
      if (!Arrays.equals(named.hash, request.bodyHash())) {
        throw new GatewayException(Reason.REQUEST_ID_REUSED, "said something else");
      }
      return message(named.id);
    }
    if (messages.values().stream().filter(InMemoryOutboxStore::waits).count() >= queueLimit) {
      throw new GatewayException(Reason.QUEUE_FULL, "full");
    }
    requests.put(request.id(), new Named(request.bodyHash(), message.id()));
    messages.put(message.id(), message);
    return message;
  }

  @Override
  public synchronized Optional<Waiting> next(AccountKey account, Collection<Peer> setAside) {
    outage.check();
    RuntimeException thrown = defect;
    if (thrown != null) {
      defect = null;
      throw thrown;
    }
    Optional<Waiting> next =
        messages.values().stream()
            .filter(message -> message.account().equals(account) && waits(message))
            .filter(message -> !setAside.contains(message.chat()))
            .findFirst()
            .map(message -> new Waiting(message, attempts(message.id())));
    looks++;
    lookedInVain = next.isEmpty();
    return next;
  }

  @Override
  public synchronized void attempted(AccountKey account, MessageId id, List<RecordChange> changes) {
    outage.check();
    attempts.merge(id, 1, Integer::sum);
    move(id, MessageStatus.SENDING, null, null);
  }

  @Override
  public synchronized Optional<Waiting> written(AccountKey account, Peer chat, MessageId id) {
    return Optional.ofNullable(messages.get(id))
        .filter(message -> message.chat().equals(chat) && attempts(id) > 0)
        .map(message -> new Waiting(message, attempts(id)));
  }

  @Override
  public synchronized Message sent(AccountKey account, MessageId id, Peer to, Instant at) {
    outage.check();
    return move(id, MessageStatus.SENT, at, null);
  }

  @Override
  public synchronized Message failed(AccountKey account, MessageId id, Failure failure) {
    outage.check();
    return move(id, MessageStatus.FAILED, null, failure);
  }

  @Override
  public synchronized List<Message> failAll(AccountKey account, Failure failure) {
    outage.check();
    List<Message> failed = new ArrayList<>();
    for (Message message : List.copyOf(messages.values())) {
      if (message.account().equals(account) && waits(message)) {
        failed.add(move(message.id(), MessageStatus.FAILED, null, failure));
      }
    }
    return failed;
  }

  private static boolean waits(Message message) {
    return message.status() == MessageStatus.ACCEPTED || message.status() == MessageStatus.SENDING;
  }

  private Message move(
      MessageId id, MessageStatus status, @Nullable Instant sentAt, @Nullable Failure failure) {
    Message now = message(id);
    if (!now.status().mayBecome(status)) {
      return now;
    }
    Message moved =
        new Message(
            now.account(),
            now.id(),
            now.chat(),
            now.direction(),
            status,
            now.content(),
            now.occurredAt(),
            now.recordedAt(),
            sentAt,
            now.deliveredAt(),
            now.readAt(),
            failure);
    messages.put(id, moved);
    return moved;
  }
}
