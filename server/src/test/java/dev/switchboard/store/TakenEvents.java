package dev.switchboard.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.v1.Event;
import dev.switchboard.contract.event.ContractEvents;
import dev.switchboard.event.EventSink;
import dev.switchboard.event.WaitingEvent;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.event.EventRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Takes the events that stores hand over, of many threads. */
public final class TakenEvents implements EventSink {
  private final List<WaitingEvent> events = new ArrayList<>();
  private int doubts;

  /** What stores write events with, to hand them over here. */
  public EventRows rows(Database database) {
    return new EventRows(
        database.encryption(), new ContractEvents(), this, () -> Accounts.NOON, new Random(1));
  }

  @Override
  public synchronized void committed(List<WaitingEvent> committed) {
    events.addAll(committed);
  }

  @Override
  public synchronized void inDoubt() {
    doubts++;
  }

  /** How often nobody knew whether a transaction took effect. */
  public synchronized int doubts() {
    return doubts;
  }

  /** What came since it was asked last. */
  public synchronized List<WaitingEvent> waiting() {
    var taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** The same, as readers see it. */
  public List<Event> take() {
    return waiting().stream().map(TakenEvents::parsed).toList();
  }

  public static Event parsed(WaitingEvent event) {
    try {
      return Event.parseFrom(event.draft().content());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
