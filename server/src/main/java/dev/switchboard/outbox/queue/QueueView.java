package dev.switchboard.outbox.queue;

import dev.switchboard.model.message.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Looks at a queue without changing it. */
public final class QueueView {
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
}
