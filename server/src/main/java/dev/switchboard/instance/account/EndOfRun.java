package dev.switchboard.instance.account;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of an account's run, which others wait for. */
final class EndOfRun {
  private static final Logger LOG = LoggerFactory.getLogger(EndOfRun.class);

  /** When one who waited in vain may try again. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final AccountKey account;
  private final CountDownLatch ended = new CountDownLatch(1);

  EndOfRun(AccountKey account) {
    this.account = account;
  }

  /** Tells those who wait that the account is no longer run. */
  void mark() {
    ended.countDown();
  }

  /** Whether it came in time. */
  boolean await(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Waits for it.
   *
   * @throws GatewayException INSTANCE_NOT_READY when it takes too long
   */
  void require(Duration atMost) throws InterruptedException {
    if (!await(atMost)) {
      LOG.error("{}: did not end within {}", account, atMost);
      throw GatewayException.retryable(
          Reason.INSTANCE_NOT_READY,
          "the instance is still ending its connection; try again",
          RETRY_AFTER,
          null);
    }
  }
}
