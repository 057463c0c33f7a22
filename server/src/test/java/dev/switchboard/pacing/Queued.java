package dev.switchboard.pacing;

import dev.switchboard.model.message.Priority;
import java.util.ArrayList;
import java.util.List;

/** What waits before a planned message: a chat for each. */
final class Queued {
  static final List<Planner.Chat> NOBODY = List.of();

  private Queued() {}

  /** So many, of which that many are to strangers, spread evenly. */
  static List<Planner.Chat> spread(int count, int cold) {
    List<Planner.Chat> chats = new ArrayList<>();
    int strangers = 0;
    for (int i = 0; i < count; i++) {
      boolean stranger = strangers < cold && (long) strangers * count / cold == i;
      strangers += stranger ? 1 : 0;
      chats.add(chat(stranger ? Familiarity.NEW : Familiarity.KNOWN, i, 0));
    }
    return chats;
  }

  /** So many texts to known people, each to be seen typed. */
  static List<Planner.Chat> typed(int count, int characters) {
    List<Planner.Chat> chats = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chats.add(chat(Familiarity.KNOWN, i, characters));
    }
    return chats;
  }

  private static Planner.Chat chat(Familiarity recipient, long order, int characters) {
    return new Planner.Chat(
        recipient, List.of(new Waiting(Priority.NORMAL, order, null, null, characters)));
  }
}
