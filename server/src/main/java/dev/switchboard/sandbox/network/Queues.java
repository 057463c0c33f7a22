package dev.switchboard.sandbox.network;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.record.CountersRecord;
import dev.switchboard.sandbox.record.QueuedStanzaRecord;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.sandbox.state.Table;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.codec.NodeDecoder;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
import java.util.Comparator;
import java.util.List;

/**
 * What waits for each companion: a stanza stays until the client has acknowledged it, over any
 * number of connections. Call under the network's lock.
 */
public final class Queues {
  private static final String COUNTERS = "stanzas";
  private static final String MESSAGE = "message";
  private static final Comparator<Table.Entry<QueuedStanzaRecord>> OLDEST_FIRST =
      Comparator.comparingLong(entry -> entry.record().getSequence());

  private final StateStore store;
  private final int limit;
  private final Refusals refusals;
  private final Confirmations confirmations = new Confirmations();

  Queues(StateStore store, NetworkLimits limits, Refusals refusals) {
    this.store = store;
    this.limit = limits.queuedPerDevice();
    this.refusals = refusals;
  }

  void add(DeviceAddress device, Node stanza) {
    if (store.queues().count(prefix(device), limit) >= limit) {
      dropOldest(device);
    }
    long sequence = nextSequence();
    String from = stanza.jid("from").map(Jid::toString).orElse("-");
    String key = key(device, stanza.tag(), stanza.attribute("id").orElse("-"));
    key = key + from + "/" + "%016x".formatted(sequence);
    store
        .queues()
        .put(
            key,
            QueuedStanzaRecord.newBuilder()
                .setSequence(sequence)
                .setNode(ByteString.copyFrom(NodeEncoder.encode(stanza)))
                .build());
  }

  /** A message has arrived, whoever it is from: the client sent a receipt for it. */
  public void received(DeviceAddress device, String id) {
    if (confirmations.confirms(key(device, MESSAGE, id), Confirmations.Kind.RECEIPT)) {
      removeOldest(key(device, MESSAGE, id));
    }
  }

  /** A stanza with this tag and id has arrived, whoever it is from. */
  public void acknowledge(DeviceAddress device, String tag, String id) {
    acknowledge(device, tag, id, "");
  }

  /** A stanza with this tag and id of that sender has arrived. */
  public void acknowledge(DeviceAddress device, String tag, String id, Jid from) {
    acknowledge(device, tag, id, from + "/");
  }

  private void acknowledge(DeviceAddress device, String tag, String id, String from) {
    String key = key(device, tag, id);
    if (!tag.equals(MESSAGE) || confirmations.confirms(key, Confirmations.Kind.ACKNOWLEDGEMENT)) {
      removeOldest(key + from);
    }
  }

  /**
   * One at a time: the next request for the same message, and the next copy of it, have the names
   * of those before them, and may wait already when those are acknowledged.
   */
  private void removeOldest(String prefix) {
    store.queues().startingWith(prefix, limit).stream()
        .min(OLDEST_FIRST)
        .ifPresent(oldest -> store.queues().remove(oldest.key()));
  }

  /** What waits, oldest first. */
  public List<Node> waiting(DeviceAddress device) {
    return entries(device).stream()
        .map(entry -> NodeDecoder.decode(entry.record().getNode().toByteArray()))
        .toList();
  }

  public int count(DeviceAddress device) {
    return store.queues().count(prefix(device), limit);
  }

  private List<Table.Entry<QueuedStanzaRecord>> entries(DeviceAddress device) {
    return store.queues().startingWith(prefix(device), limit).stream()
        .sorted(OLDEST_FIRST)
        .toList();
  }

  private void dropOldest(DeviceAddress device) {
    store.queues().remove(entries(device).getFirst().key());
    refusals.count(Refusal.QUEUE_OVERFLOW);
  }

  private long nextSequence() {
    CountersRecord counters =
        store.counters().find(COUNTERS).orElseGet(CountersRecord::getDefaultInstance);
    long next = counters.getStanzas() + 1;
    store.counters().put(COUNTERS, counters.toBuilder().setStanzas(next).build());
    return next;
  }

  private static String prefix(DeviceAddress device) {
    return device.key() + "/";
  }

  private static String key(DeviceAddress device, String tag, String id) {
    return prefix(device) + tag + "/" + id.replace('/', '_') + "/";
  }
}
