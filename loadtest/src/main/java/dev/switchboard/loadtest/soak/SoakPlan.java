package dev.switchboard.loadtest.soak;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;

/**
 * What is done.
 *
 * @param time that the traffic lasts
 * @param accounts that send and receive
 * @param chats of each; every second person answers each text with the same text
 * @param perSecond messages that all accounts together are asked to send
 * @param weather how long it is good, and then bad
 * @param sample time between two looks at the server
 * @param warmUp after which nothing may grow
 * @param limits how fast what may grow
 * @param patience for each step that is waited for
 */
record SoakPlan(
    Duration time,
    int accounts,
    int chats,
    double perSecond,
    Duration weather,
    Duration sample,
    Duration warmUp,
    Limits limits,
    Duration patience) {
  private static final double NANOS = 1e9;

  /**
   * The fastest growth that is no leak, for each minute after the warm-up.
   *
   * @param heapKilobytes live objects
   * @param threads of the server's process
   * @param files and sockets that it has open
   * @param journalMegabytes on the disk
   */
  record Limits(double heapKilobytes, double threads, double files, double journalMegabytes) {}

  SoakPlan {
    if (!time.isPositive() || !weather.isPositive() || !sample.isPositive()) {
      throw new LoadTestException("there must be some time, for the weather and a sample too");
    }
    if (accounts < 1 || chats < 1 || chats > accounts || perSecond <= 0) {
      throw new LoadTestException(
          "there must be an account, a chat of it but no more chats than accounts, and a message");
    }
    if (warmUp.isNegative()) {
      throw new LoadTestException("the warm-up cannot be negative");
    }
  }

  int allChats() {
    return accounts * chats;
  }

  /** The account that writes in a chat. */
  int accountOf(int chat) {
    return chat / chats;
  }

  /** The person that a chat is with. */
  int personOf(int chat) {
    return (accountOf(chat) + chat % chats) % accounts;
  }

  /** Every second person answers, as the stage makes them. */
  boolean answered(int chat) {
    return personOf(chat) % 2 == 0;
  }

  /** Time between two messages of one chat, on average. */
  Duration pause() {
    return Duration.ofNanos((long) (allChats() / perSecond * NANOS));
  }
}
