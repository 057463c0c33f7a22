package dev.switchboard.whatsapp;

import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gateway's side of one account, in memory. */
public final class MemoryHost implements ConnectorHost {
  public final MemoryRecords records = new MemoryRecords();
  final BlockingQueue<ConnectorEvent> events = new LinkedBlockingQueue<>();
  final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  final BlockingQueue<Receipt> receipts = new LinkedBlockingQueue<>();
  final BlockingQueue<Optional<ReachoutLock>> reachoutLocks = new LinkedBlockingQueue<>();
  final BlockingQueue<MessageId> attempts = new LinkedBlockingQueue<>();
  public final BlockingQueue<Peer> merges = new LinkedBlockingQueue<>();

  /** Those of {@link #merges} and {@link #names} that were so before the account was linked. */
  public final BlockingQueue<Peer> historicalMerges = new LinkedBlockingQueue<>();

  final BlockingQueue<NamedPeer> historicalNames = new LinkedBlockingQueue<>();

  /** Who did what in their chats. */
  public final BlockingQueue<EventPayload.ChatStateChanged> chatStates =
      new LinkedBlockingQueue<>();

  /** Who was told to be online or not. */
  public final BlockingQueue<EventPayload.PresenceChanged> presences = new LinkedBlockingQueue<>();

  /** What callers want of presence; what it throws the engine gets to see. */
  public volatile Supplier<PresenceWish> presenceWish = () -> PresenceWish.NONE;

  /** Why no message may be written; null: they may. */
  public volatile @Nullable GatewayException attemptRefused;

  /** Whether presences cannot be told. */
  public volatile boolean storageAway;

  final BlockingQueue<Peer> identityChanges = new LinkedBlockingQueue<>();
  final BlockingQueue<NamedPeer> names = new LinkedBlockingQueue<>();
  volatile Route route = new Route.Direct();
  volatile PairingMethod pairingMethod = new PairingMethod.QrCode();
  volatile @Nullable ReachoutLock reachoutLock;
  private volatile int mostMergedAtOnce;
  final Map<MessageId, OutboundMessage> outbound = new ConcurrentHashMap<>();

  /** What was stored, by place; a readable copy replaces one that could not be decrypted. */
  private final Map<String, Message> stored = new HashMap<>();

  /** How many people one call told at most. */
  public int mostMergedAtOnce() {
    return mostMergedAtOnce;
  }

  /** How often a message was about to be written. */
  public int outboundAttempts() {
    return attempts.size();
  }

  /** How often a changed identity was told. */
  public int identityChangesTold() {
    return identityChanges.size();
  }

  @Override
  public MemoryRecords records() {
    return records;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public PairingMethod pairingMethod() {
    return pairingMethod;
  }

  @Override
  public void on(ConnectorEvent event) {
    events.add(event);
  }

  @Override
  public void attempted(MessageId id, List<RecordChange> changes) {
    GatewayException refused = attemptRefused;
    if (refused != null) {
      throw refused;
    }
    records.commit(changes);
    attempts.add(id);
  }

  @Override
  public Optional<OutboundMessage> written(Peer chat, MessageId id) {
    return Optional.ofNullable(outbound.get(id));
  }

  @Override
  public synchronized void received(Message message, List<RecordChange> changes) {
    records.commit(changes);
    String place = message.chat().canonical() + message.direction() + message.id();
    Message before = stored.get(place);
    if (before == null || before.content() instanceof MessageContent.Undecryptable) {
      stored.put(place, message);
      boolean readable = !(message.content() instanceof MessageContent.Undecryptable);
      if (before == null || readable) {
        messages.add(message);
      }
    }
  }

  /** All that is stored, as the history would show it. */
  synchronized List<Message> history() {
    return List.copyOf(stored.values());
  }

  @Override
  public Optional<ReachoutLock> reachoutLock() {
    return Optional.ofNullable(reachoutLock);
  }

  @Override
  public void reachoutLock(@Nullable ReachoutLock lock) {
    reachoutLock = lock;
    reachoutLocks.add(Optional.ofNullable(lock));
  }

  @Override
  public void receipt(Receipt receipt) {
    receipts.add(receipt);
  }

  @Override
  public void merged(List<Peer> people, boolean historical, List<RecordChange> changes) {
    records.commit(changes);
    merges.addAll(people);
    if (historical) {
      historicalMerges.addAll(people);
    }
    mostMergedAtOnce = Math.max(mostMergedAtOnce, people.size());
  }

  @Override
  public PresenceWish presenceWish() {
    return presenceWish.get();
  }

  @Override
  public boolean presence(Peer person, Presence presence) {
    if (storageAway) {
      return false;
    }
    presences.add(new EventPayload.PresenceChanged(person, presence));
    return true;
  }

  @Override
  public void chatState(Peer chat, ChatState state) {
    chatStates.add(new EventPayload.ChatStateChanged(chat, state));
  }

  @Override
  public void identityChanged(Peer person, Instant at, List<RecordChange> changes) {
    records.commit(changes);
    identityChanges.add(person);
  }

  @Override
  public void named(List<NamedPeer> people, boolean historical, List<RecordChange> changes) {
    records.commit(changes);
    names.addAll(people);
    if (historical) {
      historicalNames.addAll(people);
    }
  }
}
