package dev.switchboard.outbox.queue;

import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.queue.compact.CompactId;
import dev.switchboard.pacing.Familiarity;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open messages of one account and which of them is to go next. Not safe for several threads:
 * its queue guards it.
 *
 * <p>What may go lies in {@link Ready}: the first of a lane, whenever something may have made it
 * ready. Whether it still is, is asked when it is taken.
 */
final class OpenMessages {
  /** So many finished messages may lie in the heaps beyond as many as are open. */
  private static final int SLACK = 64;

  private final OpenIndex index = new OpenIndex();
  private final Lanes lanes = new Lanes();
  private final Ready ready = new Ready();
  private final PriorityQueue<OpenMessage> scheduled =
      new PriorityQueue<>(
          1,
          Comparator.comparingLong(OpenMessage::notBeforeMillis)
              .thenComparingLong(OpenMessage::order));
  private final Rests rests = new Rests();

  private int boarding;

  /** About how many finished messages the heaps hold. */
  private int dead;

  /** Since the last look something happened after which another message may be next, or sooner. */
  private boolean changed;

  int size() {
    return index.size();
  }

  @Nullable OpenMessage find(MessageId id) {
    return find(CompactId.of(id));
  }

  @Nullable OpenMessage find(CompactId id) {
    return index.find(id);
  }

  void forEach(Consumer<OpenMessage> visitor) {
    index.forEach(visitor);
  }

  Lane laneOf(Peer recipient) {
    Lane lane = lanes.of(recipient);
    rests.forgetMerged();
    return lane;
  }

  /** Adds a message whose lane was found by {@link #laneOf}. */
  void add(OpenMessage message) {
    index.add(message);
    message.lane().join();
    if (message.notBeforeMillis() > 0) {
      message.place(OpenMessage.Place.SCHEDULED);
      scheduled.add(message);
      changed = true;
    } else {
      enter(message);
    }
  }

  private void enter(OpenMessage message) {
    message.place(OpenMessage.Place.WAITING);
    message.lane().add(message);
    offer(message.lane());
  }

  /** It is finished, or another object takes its place. */
  void remove(OpenMessage message) {
    Lane lane = message.lane();
    boolean wasNext = lane.next() == message;
    boolean waited = message.place() == OpenMessage.Place.WAITING;
    boolean away = message.away();
    if (away) {
      lands(message);
    }
    message.place(OpenMessage.Place.GONE);
    index.remove(message);
    if (waited) {
      lane.died();
    }
    if (away || wasNext) {
      lane.restUntil(0); // The next one is not to pay for its failures.
    }
    left(lane);
    offer(lane);
    sweep();
  }

  private void left(Lane lane) {
    if (lanes.left(lane)) {
      rests.forget(lane);
    }
  }

  /** What is finished is left in the heaps until it is met; it is not to fill them. */
  private void sweep() {
    if (++dead > size() + SLACK) {
      dead = 0;
      ready.sweep();
      scheduled.removeIf(message -> message.place() == OpenMessage.Place.GONE);
    }
  }

  /** Puts a message in the place of another that is the same but for its time. */
  void replace(OpenMessage before, OpenMessage after) {
    before.lane().join(); // So that the lane does not end in between.
    remove(before);
    add(after);
    left(after.lane());
  }

  void clear() {
    index.forEach(message -> message.place(OpenMessage.Place.GONE));
    index.clear();
    lanes.clear();
    ready.clear();
    scheduled.clear();
    rests.clear();
    boarding = 0;
    dead = 0;
  }

  /** These names are one recipient's: two lanes may become one. */
  void learn(Peer recipient) {
    Lane lane = lanes.learn(recipient);
    if (lane != null) {
      rests.forgetMerged();
      offer(lane);
    }
  }

  /** The recipient wrote: what was held back from a stranger is asked for anew. */
  void heard(Peer from) {
    Lane lane = lanes.learn(from);
    if (lane != null) {
      rests.forgetMerged();
      lane.familiarity(Familiarity.KNOWN);
      letGo(lane);
    }
  }

  /** The message to go next, in its place; null when there is none now. */
  @Nullable OpenMessage next(long now) {
    OpenMessage next = look(now);
    changed = false;
    return next;
  }

  /**
   * Whether another message may be next than {@link #next} told, or sooner than {@link #nextDue}.
   */
  boolean changed() {
    return changed;
  }

  private @Nullable OpenMessage look(long now) {
    for (OpenMessage due = firstScheduled();
        due != null && due.notBeforeMillis() <= now;
        due = firstScheduled()) {
      enter(scheduled.remove());
    }
    for (Lane lane = rests.takeOver(now); lane != null; lane = rests.takeOver(now)) {
      offer(lane);
    }
    return ready.first(message -> mayGo(message, now));
  }

  private @Nullable OpenMessage firstScheduled() {
    OpenMessage first = scheduled.peek();
    while (first != null && first.place() != OpenMessage.Place.SCHEDULED) {
      scheduled.remove();
      first = scheduled.peek();
    }
    return first;
  }

  /** When there may be something to go by itself, in milliseconds. */
  long nextDue() {
    OpenMessage due = firstScheduled();
    return Math.min(due == null ? Long.MAX_VALUE : due.notBeforeMillis(), rests.next());
  }

  private static boolean mayGo(OpenMessage message, long now) {
    Lane lane = message.lane();
    return message.place() == OpenMessage.Place.WAITING
        && !message.claimed()
        && !lane.passedOver(now)
        && lane.next() == message;
  }

  /** Takes the message that is next; false when that is another one by now. */
  boolean take(OpenMessage message, long now) {
    if (next(now) != message) {
      return false;
    }
    ready.take(message);
    message.lane().takesOff(message);
    message.place(OpenMessage.Place.BOARDING);
    boarding++;
    return true;
  }

  /** How many are in senders' hands and not written yet. */
  int boarding() {
    return boarding;
  }

  /** It is about to be written. */
  void attempted(OpenMessage message, int attempt) {
    message.attempted(attempt);
    if (message.place() == OpenMessage.Place.BOARDING) {
      message.place(OpenMessage.Place.FLYING);
      boarding--;
    }
  }

  /** It was not sent: its lane rests until then. Nothing happens when it is finished already. */
  void rest(OpenMessage message, long until, boolean failed) {
    if (message.away()) {
      lands(message);
      message.place(OpenMessage.Place.WAITING);
      message.lane().add(message);
      rests.rest(message.lane(), until);
      if (failed) {
        message.failed();
      }
      changed = true;
    }
  }

  private void lands(OpenMessage message) {
    boarding -= message.place() == OpenMessage.Place.BOARDING ? 1 : 0;
    message.lane().lands();
  }

  /** Its lane is passed over until then, or until {@link #letGo}. */
  void hold(OpenMessage message, long until) {
    rests.hold(message.lane(), until);
  }

  void type(OpenMessage message, long until) {
    message.toBeTyped(OpenMessage.TYPED);
    hold(message, until);
  }

  int heldLanes() {
    return rests.countHeld();
  }

  void letGo() {
    rests.held().forEach(this::letGo);
  }

  private void letGo(Lane lane) {
    rests.letGo(lane);
    offer(lane);
  }

  /** Somebody who claimed it is done. */
  void unclaimed(OpenMessage message) {
    message.claimed(false);
    offer(message.lane());
  }

  private void offer(Lane lane) {
    OpenMessage next = lane.next();
    if (next != null) {
      ready.add(next);
      changed |= !lane.flies(); // It is offered again when what flies has landed.
    }
  }
}
