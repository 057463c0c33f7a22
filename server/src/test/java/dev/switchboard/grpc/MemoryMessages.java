package dev.switchboard.grpc;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.history.History;
import dev.switchboard.history.MessagePage;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.inbox.InboxStore;
import dev.switchboard.inbox.Reception;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.Direction;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages in memory. */
final class MemoryMessages implements OutboxStore, InboxStore, History {
  private final List<Message> all = new ArrayList<>();
  private final Map<String, Accepted> accepted = new HashMap<>();

  @SuppressWarnings("ArrayRecordComponent")
  private record Accepted(byte[] hash, Message message) {}

  @Override
  public synchronized Message accept(Message message, Request request, int queueLimit) {
    String key = message.account() + "/" + request.id();
    Accepted earlier = accepted.get(key);
    if (earlier != null) {
      if (!Arrays.equals(earlier.hash(), request.bodyHash())) {
        throw new GatewayException(Reason.REQUEST_ID_REUSED, "used for another message");
      }
      return earlier.message();
    }
    if (all.stream().filter(one -> waits(one, message.account())).count() >= queueLimit) {
      throw new GatewayException(Reason.QUEUE_FULL, "the queue is full");
    }
    all.add(message);
    accepted.put(key, new Accepted(request.bodyHash(), message));
    return message;
  }

  @Override
  public synchronized Optional<Waiting> next(AccountKey account, Collection<Peer> setAside) {
    return all.stream()
        .filter(one -> waits(one, account))
        .findFirst()
        .map(message -> new Waiting(message, 0));
  }

  @Override
  public void attempted(AccountKey account, MessageId id, List<RecordChange> changes) {}

  @Override
  public synchronized Message sent(AccountKey account, MessageId id, Peer to, Instant at) {
    int index = index(account, id);
    Message old = all.get(index);
    Message sent =
        new Message(
            account,
            id,
            to,
            old.direction(),
            MessageStatus.SENT,
            old.content(),
            old.occurredAt(),
            old.recordedAt(),
            at,
            null,
            null,
            null);
    all.set(index, sent);
    return sent;
  }

  @Override
  public Message failed(AccountKey account, MessageId id, Failure failure) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Waiting> written(AccountKey account, Peer chat, MessageId id) {
    return Optional.empty();
  }

  @Override
  public List<Message> failAll(AccountKey account, Failure failure) {
    return List.of();
  }

  @Override
  public synchronized Reception receive(Message message, List<RecordChange> changes) {
    boolean known = all.removeIf(one -> one.id().equals(message.id()));
    all.add(message);
    return known ? new Reception.Resolved(message) : new Reception.Stored(message);
  }

  @Override
  public List<Message> applyReceipt(AccountKey account, Receipt receipt) {
    return List.of();
  }

  @Override
  public synchronized Optional<Message> find(AccountKey account, MessageId id) {
    return all.stream()
        .filter(one -> one.account().equals(account) && one.id().equals(id))
        .findFirst();
  }

  @Override
  public synchronized MessagePage list(MessageQuery query) {
    List<Message> page = new ArrayList<>();
    long position = query.before() == null ? all.size() : query.before();
    while (position > 0 && page.size() < query.limit()) {
      Message message = all.get((int) --position);
      if (message.account().equals(query.account())) {
        page.add(message);
      }
    }
    return new MessagePage(page, position > 0 ? position : null);
  }

  private int index(AccountKey account, MessageId id) {
    for (int index = 0; index < all.size(); index++) {
      if (all.get(index).account().equals(account) && all.get(index).id().equals(id)) {
        return index;
      }
    }
    throw new IllegalArgumentException("no such message");
  }

  private static boolean waits(Message message, AccountKey account) {
    return message.account().equals(account)
        && message.direction() == Direction.OUTBOUND
        && message.status() == MessageStatus.ACCEPTED;
  }
}
