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

  private final StateStore store;
  private final int limit;
  private final Refusals refusals;

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

  /** The stanzas with this tag and id have arrived, whoever they are from. */
  public boolean acknowledge(DeviceAddress device, String tag, String id) {
    return store.queues().removeStartingWith(key(device, tag, id)) > 0;
  }

  /** The stanzas with this tag and id of that sender have arrived. */
  public boolean acknowledge(DeviceAddress device, String tag, String id, Jid from) {
    return store.queues().removeStartingWith(key(device, tag, id) + from + "/") > 0;
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
        .sorted(Comparator.comparingLong(entry -> entry.record().getSequence()))
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
