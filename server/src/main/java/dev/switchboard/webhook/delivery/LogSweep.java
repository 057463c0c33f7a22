package dev.switchboard.webhook.delivery;

import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.storage.DeliveryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes deliveries that came to their end long ago, or are too many, a few at a time. */
final class LogSweep implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LogSweep.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int BATCH = 5_000;

  private final WebhookRunners runners;
  private final DeliveryStore deliveries;
  private final DeliveryConfig config;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);

  LogSweep(
      WebhookRunners runners,
      DeliveryStore deliveries,
      DeliveryConfig config,
      InstantSource clock) {
    this.runners = runners;
    this.deliveries = deliveries;
    this.config = config;
    this.clock = clock;
  }

  /** Lets it end behind the statement it is in. */
  void close() {
    closing.countDown();
  }

  @Override
  public void run() {
    try {
      while (!closing.await(INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
        sweepAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Storage took too long while the server ends.
    }
  }

  private void sweepAll() {
    for (WebhookRunner runner : runners.all()) {
      try {
        sweep(runner.work().webhook().key());
      } catch (RuntimeException e) {
        LOG.warn("Old deliveries could not be deleted; trying again", e);
      }
    }
  }

  private void sweep(WebhookKey key) {
    Instant before = clock.instant().minus(config.kept());
    boolean more = true;
    while (more && closing.getCount() > 0) {
      more = deliveries.sweep(key, before, config.mostKept(), BATCH) == BATCH;
    }
  }
}
