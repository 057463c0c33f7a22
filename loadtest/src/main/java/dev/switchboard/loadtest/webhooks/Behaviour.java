package dev.switchboard.loadtest.webhooks;

import java.util.Random;

/** What the receiver does with a post. */
enum Behaviour {
  /** Takes it. */
  TAKE(50),
  /** Answers 500. */
  FAIL(8),
  /** Answers 429 and asks for a second. */
  THROTTLE(6),
  /** Answers 302 and leads to where nobody may go. */
  REDIRECT(6),
  /** Answers 503 with half a body and closes. */
  LIE(6),
  /** Takes it, says so with half a body and closes: it may come again. */
  TAKE_AND_LIE(4),
  /** Takes it and closes without an answer: it comes again. */
  TAKE_AND_CLOSE(4),
  /** Resets the connection before an answer. */
  RESET(6),
  /** Answers something that is not HTTP. */
  GARBAGE(4),
  /** Answers one byte after the other. */
  DRIP(3),
  /** Does not answer. */
  HANG(3);

  private static final int ALL = 100;

  private final int percent;

  Behaviour(int percent) {
    this.percent = percent;
  }

  /** One of them, as often as it is to come. */
  static Behaviour next(Random random) {
    int left = random.nextInt(ALL);
    for (Behaviour behaviour : values()) {
      left -= behaviour.percent;
      if (left < 0) {
        return behaviour;
      }
    }
    throw new IllegalStateException("the percentages are less than a whole");
  }
}
