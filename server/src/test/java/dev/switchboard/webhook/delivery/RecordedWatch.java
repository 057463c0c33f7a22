package dev.switchboard.webhook.delivery;

import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.watch.DeliveryWatch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what it is told. */
final class RecordedWatch implements DeliveryWatch {
  final AtomicLong succeeded = new AtomicLong();
  final AtomicLong failed = new AtomicLong();
  final AtomicLong delivered = new AtomicLong();
  final AtomicLong dropped = new AtomicLong();

  @Override
  public void attempted(Attempt attempt) {
    (attempt.outcome().success() ? succeeded : failed).incrementAndGet();
  }

  @Override
  public void delivered(Duration delay) {
    delivered.incrementAndGet();
  }

  @Override
  public void dropped(long events) {
    dropped.addAndGet(events);
  }
}
