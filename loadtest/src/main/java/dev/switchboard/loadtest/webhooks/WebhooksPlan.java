package dev.switchboard.loadtest.webhooks;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;

/**
 * What is done.
 *
 * @param rounds how often the server is killed
 * @param accounts that are written to
 * @param chats of each account
 * @param rate messages a second in all
 * @param backlog events that wait for a receiver in the end; 0 for none
 * @param window in which a kill falls, after the server answers
 * @param patience for each step that is waited for
 * @param seed of the kills and of what the receiver does
 */
record WebhooksPlan(
    int rounds,
    int accounts,
    int chats,
    double rate,
    int backlog,
    Duration window,
    Duration patience,
    long seed) {
  WebhooksPlan {
    if (rounds < 0
        || accounts < 1
        || chats < 1
        || rate <= 0
        || backlog < 0
        || !window.isPositive()) {
      throw new LoadTestException("there must be an account, a chat, a rate and a window");
    }
  }
}
