package dev.switchboard.instance;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets the commands on one account follow one another, so that a start and a stop that come
 * together leave what one of them asked for. A fixed number of lanes: a few accounts share one.
 */
final class Turns {
  private static final int LANES = 1_024;

  /** When one who waited in vain may try again. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final List<ReentrantLock> lanes =
      Stream.generate(ReentrantLock::new).limit(LANES).toList();
  private final Duration atMost;

  /**
   * @param atMost how long a command waits for the ones before it
   */
  Turns(Duration atMost) {
    this.atMost = atMost;
  }

  /** What is done in turn. */
  interface Command<T> {
    T run() throws InterruptedException;
  }

  /**
   * Runs the command when those before it are done.
   *
   * @throws GatewayException INSTANCE_NOT_READY when they take too long
   */
  <T> T take(AccountKey account, Command<T> command) throws InterruptedException {
    ReentrantLock lane = lanes.get(Math.floorMod(account.hashCode(), LANES));
    if (!lane.tryLock(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw GatewayException.retryable(
          Reason.INSTANCE_NOT_READY,
          "an earlier command on the instance is not done; try again",
          RETRY_AFTER,
          null);
    }
    try {
      return command.run();
    } finally {
      lane.unlock();
    }
  }
}
