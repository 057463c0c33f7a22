package dev.switchboard.sandbox.link;

import dev.switchboard.whatsapp.wire.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Messages that wait for more of them, to leave in another order. */
final class HeldBack {
  private final RandomGenerator random;
  private final List<Node> held = new ArrayList<>();

  HeldBack(RandomGenerator random) {
    this.random = random;
  }

  /** Whether it is the first of a new batch. */
  synchronized boolean add(Node stanza) {
    held.add(stanza);
    return held.size() == 1;
  }

  /** All of them, shuffled, if there are so many; otherwise none. */
  synchronized List<Node> released(int atLeast) {
    if (held.size() < atLeast) {
      return List.of();
    }
    var shuffled = new ArrayList<>(held);
    held.clear();
    for (int last = shuffled.size() - 1; last > 0; last--) {
      shuffled.set(last, shuffled.set(random.nextInt(last + 1), shuffled.get(last)));
    }
    return shuffled;
  }
}
