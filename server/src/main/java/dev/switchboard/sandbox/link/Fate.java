package dev.switchboard.sandbox.link;

import java.time.Duration;

/** What is to become of a stanza on its way to a client. */
sealed interface Fate {
  /** It leaves in its turn. */
  record Leaves(int copies, Duration after) implements Fate {}

  /** It leaves after the delay, and what comes after it may overtake. */
  record Late(Duration after) implements Fate {}

  /** It waits until there are so many, which then leave in another order. */
  record Held(int batch) implements Fate {}

  /** It does not leave. */
  record Lost() implements Fate {}
}
