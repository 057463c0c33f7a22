package dev.switchboard.outbox.queue;

import dev.switchboard.model.message.Priority;
import dev.switchboard.pacing.Familiarity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a queue without changing it. */
public final class QueueView {
  private static final Comparator<Earlier> URGENCY =
      Comparator.comparing((Earlier one) -> one.message().priority())
          .thenComparingLong(one -> one.message().order());

  private QueueView() {}

  /** A message as it was at the moment of looking. */
  public record Item(long position, long order, int attempts, long notBefore, boolean sending) {}

  /** Counts at the moment of looking. */
  public record Counts(
      Map<Priority, Integer> waiting, int scheduled, int sending, int heldChats, long oldest) {}

  /** The open messages in order of acceptance, after the given one. */
  public static List<Item> page(AccountQueue queue, long after, int most) {
    PriorityQueue<OpenMessage> first =
        queue.inside(state -> {
          PriorityQueue<OpenMessage> smallest =
              new PriorityQueue<>(Comparator.comparingLong(OpenMessage::order).reversed());
          state
              .messages()
              .forEach(message -> {
                if (message.order() > after) {
                  smallest.add(message);
                }
                if (smallest.size() > most) {
                  smallest.remove();
                }
              });
          return smallest;
        });
    List<Item> items = new ArrayList<>(first.size());
    first.forEach(message -> items.add(item(message)));
    items.sort(Comparator.comparingLong(Item::order));
    return items;
  }

  private static Item item(OpenMessage message) {
    return new Item(
        message.position(),
        message.order(),
        message.attempts(),
        message.notBeforeMillis(),
        message.away());
  }

  /** Counts what is open. */
  public static Counts count(AccountQueue queue) {
    return queue.inside(state -> {
      Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
      int[] others = new int[2];
      long[] oldest = {Long.MAX_VALUE, 0};
      state
          .messages()
          .forEach(message -> {
            switch (message.place()) {
              case WAITING -> waiting.merge(message.priority(), 1, Integer::sum);
              case SCHEDULED -> others[0]++;
              case BOARDING, FLYING -> others[1]++;
              case GONE -> {}
            }
            if (message.order() < oldest[0]) {
              oldest[0] = message.order();
              oldest[1] = message.position();
            }
          });
      return new Counts(waiting, others[0], others[1], state.messages().heldLanes(), oldest[1]);
    });
  }

  /**
   * A message that goes before another one.
   *
   * @param opens whether it is the first that is open to its recipient, and was never tried
   * @param familiarity how well the account knows the recipient; null: nobody asked yet
   */
  public record Earlier(OpenMessage message, boolean opens, @Nullable Familiarity familiarity) {}

  /**
   * What would go before a message that is accepted now, in order: what is at least as urgent, and
   * its share of the rest. What is on its way counts as sent.
   *
   * @param notBefore when that message may go; what is scheduled for later does not count
   */
  public static List<Earlier> before(AccountQueue queue, Priority priority, long notBefore) {
    List<Earlier> all = queue.inside(state -> earlier(state, notBefore));
    all.sort(URGENCY);
    int asUrgent = 0;
    while (asUrgent < all.size()
        && all.get(asUrgent).message().priority().compareTo(priority) <= 0) {
      asUrgent++;
    }
    int others = Math.min(all.size() - asUrgent, asUrgent / Ready.RUN);
    return all.subList(0, asUrgent + others);
  }

  private static List<Earlier> earlier(QueueState state, long notBefore) {
    List<Earlier> found = new ArrayList<>();
    Set<Lane> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    state
        .messages()
        .forEach(message -> {
          boolean first = seen.add(message.lane()) && message.attempts() == 0;
          if (waits(message, notBefore)) {
            found.add(new Earlier(message, first, message.lane().familiarity()));
          }
        });
    return found;
  }

  private static boolean waits(OpenMessage message, long notBefore) {
    return switch (message.place()) {
      case WAITING, BOARDING -> true;
      case SCHEDULED -> message.notBeforeMillis() <= notBefore;
      case FLYING, GONE -> false;
    };
  }
}
