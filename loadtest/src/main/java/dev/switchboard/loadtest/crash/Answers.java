package dev.switchboard.loadtest.crash;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What callers were told: which id their messages have, and which of them the network took. */
final class Answers {
  private final Map<Nonce, String> accepted = new HashMap<>();
  private final Map<String, Integer> lives = new HashMap<>();
  private final Set<String> unbroken = new HashSet<>();
  private int contradictions;
  private int life;

  /** The server was started again. */
  synchronized void newLife() {
    life++;
  }

  /** A call was answered; the answer to a repeat must be the first one. */
  synchronized void accepted(Nonce nonce, String id) {
    String first = accepted.putIfAbsent(nonce, id);
    if (first != null && !first.equals(id)) {
      contradictions++;
    }
    lives.putIfAbsent(id, life);
  }

  /** The network took a message, in the life of the server that accepted it or in a later one. */
  synchronized void sent(String id) {
    if (Integer.valueOf(life).equals(lives.get(id))) {
      unbroken.add(id);
    }
  }

  synchronized int count() {
    return accepted.size();
  }

  synchronized Map<Nonce, String> ids() {
    return Map.copyOf(accepted);
  }

  /** Ids that were accepted and sent without a kill between: nothing may have sent them again. */
  synchronized Set<String> unbroken() {
    return Set.copyOf(unbroken);
  }

  /** Repeats that got another answer than the first. */
  synchronized int contradictions() {
    return contradictions;
  }
}
