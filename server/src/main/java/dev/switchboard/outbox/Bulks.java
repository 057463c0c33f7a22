package dev.switchboard.outbox;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.message.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accepts many messages at once: with few flushes of the journal, and each on its own terms. Every
 * message has its request, so that a bulk that was cut off is repeated as a whole.
 */
public final class Bulks {
  /** How many messages are accepted together at most. */
  public static final int GROUP = 500;

  private final Journal journal;
  private final Outbox outbox;
  private final RequestWindow requests;

  public Bulks(Journal journal, Outbox outbox, RequestWindow requests) {
    this.journal = journal;
    this.outbox = outbox;
    this.requests = requests;
  }

  /** What became of one message. */
  public sealed interface Result {
    /** It is accepted, now or when its request was first made. */
    record Taken(RequestWindow.Answer answer) implements Result {}

    /** It is not accepted, for a reason that {@link Outbox#accept} names. */
    record Refused(GatewayException why) implements Result {}
  }

  /**
   * Accepts the messages in this order, with one flush.
   *
   * @param orders each with a request
   * @return what became of each
   * @throws GatewayException INSTANCE_NOT_LINKED
   */
  public List<Result> accept(Instance instance, List<Order> orders) throws InterruptedException {
    if (orders.size() > GROUP) {
      throw new IllegalArgumentException("more than a group");
    }
    Peer own = Outbox.requireLinked(instance);
    List<Slot> slots = new ArrayList<>(orders.size());
    try {
      for (Order order : orders) {
        slots.add(enter(instance.key(), own, order));
      }
      append(slots);
    } finally {
      // Whoever repeats one of these requests waits for it: none may stay undecided.
      slots.forEach(Slot::giveUp);
    }
    List<Result> results = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      results.add(slot.result());
    }
    return results;
  }

  private Slot enter(AccountKey account, Peer own, Order order) {
    Request request = order.request();
    if (request == null) {
      throw new IllegalArgumentException("a message of a bulk has a request");
    }
    RequestWindow.Begun begun;
    try {
      begun = requests.begin(account.tenant(), request);
    } catch (GatewayException e) {
      return new Slot(null, null, e);
    }
    if (!begun.first()) {
      return new Slot(begun, null, null);
    }
    try {
      return new Slot(begun, outbox.reserved(account, own, order), null);
    } catch (RuntimeException e) {
      begun.fail(e);
      if (e instanceof GatewayException refused) {
        return new Slot(null, null, refused);
      }
      throw e;
    }
  }

  private void append(List<Slot> slots) throws InterruptedException {
    List<Slot> fresh = slots.stream().filter(slot -> slot.accepted != null).toList();
    if (fresh.isEmpty()) {
      return;
    }
    try {
      List<JournalEntry> entries = new ArrayList<>(fresh.size());
      fresh.forEach(slot -> entries.add(slot.entry()));
      var _ = journal.appendAll(entries);
      fresh.forEach(Slot::taken);
    } catch (GatewayException e) {
      fresh.forEach(slot -> slot.refuse(e));
    }
  }

  /** One message on its way into the journal. */
  private final class Slot {
    private final RequestWindow.@Nullable Begun begun;
    private final @Nullable Accepted accepted;
    private @Nullable GatewayException refused;
    private boolean decided;

    Slot(
        RequestWindow.@Nullable Begun begun,
        @Nullable Accepted accepted,
        @Nullable GatewayException refused) {
      this.begun = begun;
      this.accepted = accepted;
      this.refused = refused;
      this.decided = accepted == null;
    }

    private Accepted entry() {
      if (accepted == null) {
        throw new IllegalStateException("nothing is to be appended");
      }
      return accepted;
    }

    void taken() {
      decided = true;
      if (begun != null) {
        begun.complete(Outbox.answer(entry()));
      }
    }

    void refuse(GatewayException why) {
      decided = true;
      refused = why;
      outbox.giveBack(entry());
      if (begun != null) {
        begun.fail(why);
      }
    }

    void giveUp() {
      if (!decided) {
        refuse(new GatewayException(Reason.SHUTTING_DOWN, "the bulk was interrupted"));
      }
    }

    Result result() throws InterruptedException {
      GatewayException why = refused;
      if (why == null && begun != null) {
        try {
          return new Result.Taken(begun.await());
        } catch (GatewayException e) {
          why = e;
        }
      }
      return new Result.Refused(
          why == null ? new GatewayException(Reason.SHUTTING_DOWN, "it was interrupted") : why);
    }
  }
}
