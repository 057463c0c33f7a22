package dev.switchboard.loadtest.crash;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;

/**
 * What is done.
 *
 * @param rounds how often something is killed
 * @param accounts that send
 * @param messages of all together
 * @param chats of each account, each written to by one caller
 * @param victim what is killed
 * @param fillDisk whether the disk of the journal is small and full in every second round
 * @param window over which the messages of a round are spread, and in which the kill falls
 * @param lateAcknowledgements of the network, per cent
 * @param readers of events beside the callers
 * @param patience for each step that is waited for
 * @param seed of the times of the kills
 */
record CrashPlan(
    int rounds,
    int accounts,
    int messages,
    int chats,
    Victim victim,
    boolean fillDisk,
    Duration window,
    int lateAcknowledgements,
    int readers,
    Duration patience,
    long seed) {
  /** What is killed. */
  enum Victim {
    /** The server's process. */
    SERVER,
    /** The postmaster of its PostgreSQL, which the server starts again. */
    POSTGRES,
    /** One or the other, by chance. */
    BOTH
  }

  CrashPlan {
    if (rounds < 0 || accounts < 1 || chats < 1 || chats > accounts || !window.isPositive()) {
      throw new LoadTestException(
          "there must be an account, a chat of it but no more chats than accounts, and a window");
    }
    if (readers < 0) {
      throw new LoadTestException("there cannot be less than no readers");
    }
    if (messages < accounts * chats) {
      throw new LoadTestException("each chat needs a message at least");
    }
  }

  int callers() {
    return accounts * chats;
  }

  /** Messages of one chat: all chats have as many, so that there may be some more in all. */
  int messagesPerChat() {
    return Math.ceilDiv(messages, callers());
  }

  int total() {
    return messagesPerChat() * callers();
  }
}
