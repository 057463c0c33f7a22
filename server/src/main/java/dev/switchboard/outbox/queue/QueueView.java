package dev.switchboard.outbox.queue;

import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Priority;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

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

  /**
   * What waits in one chat.
   *
   * @param one any of its messages, or null where none waits
   * @param familiarity how well the account knows the recipient; null: nobody asked yet
   * @param tried whether one of its messages was written before
   * @param waiting in no order, without what is on its way
   */
  public record Chat(
      @Nullable OpenMessage one,
      @Nullable Familiarity familiarity,
      boolean tried,
      List<Waiting> waiting) {}

  /** What waits: with one recipient, and with the others. */
  public record Chats(Chat own, List<Chat> others) {}

  /** What waits, and in which chats: those with the recipient are one. */
  public static Chats chats(AccountQueue queue, Peer recipient) {
    return queue.inside(state -> {
      Map<Lane, List<OpenMessage>> lanes = new HashMap<>();
      state
          .messages()
          .forEach(message ->
              lanes.computeIfAbsent(message.lane(), _ -> new ArrayList<>(1)).add(message));
      List<OpenMessage> own = new ArrayList<>();
      List<Chat> others = new ArrayList<>(lanes.size());
      lanes.forEach((lane, messages) -> {
        if (Lanes.isOf(lane, recipient)) {
          own.addAll(messages);
        } else {
          others.add(chat(messages));
        }
      });
      return new Chats(chat(own), others);
    });
  }

  private static Chat chat(List<OpenMessage> messages) {
    if (messages.isEmpty()) {
      return new Chat(null, null, false, List.of());
    }
    OpenMessage one = messages.getFirst();
    boolean oneLane = messages.stream().allMatch(message -> message.lane() == one.lane());
    boolean flies =
        messages.stream().anyMatch(message -> message.place() == OpenMessage.Place.FLYING);
    Familiarity asked = oneLane ? one.lane().familiarity() : null;
    return new Chat(
        one,
        flies ? Familiarity.KNOWN : asked,
        messages.stream().anyMatch(message -> message.attempts() > 0),
        messages.stream().filter(QueueView::waits).map(QueueView::waiting).toList());
  }

  private static boolean waits(OpenMessage message) {
    return switch (message.place()) {
      case WAITING, BOARDING, SCHEDULED -> true;
      case FLYING, GONE -> false;
    };
  }

  private static Waiting waiting(OpenMessage message) {
    return new Waiting(
        message.priority(),
        message.order(),
        message.place() == OpenMessage.Place.SCHEDULED ? message.notBefore() : null,
        message.attempts() == 0 ? message.expiresAt() : null,
        message.toBeTyped());
  }

  /**
   * Says how well the account knows the recipient of that message, which was asked for a plan: the
   * sender is not to ask again. What the queue learnt meanwhile is newer.
   */
  public static void know(AccountQueue queue, OpenMessage message, Familiarity found) {
    boolean _ =
        queue.inside(state -> {
          Lane lane = message.lane();
          boolean nothingNew = !lane.flies() && message.attempts() == 0;
          boolean open = message.place() != OpenMessage.Place.GONE;
          if (open && nothingNew && lane.familiarity() == null) {
            lane.familiarity(found);
          }
          return true;
        });
  }
}
