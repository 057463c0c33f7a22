package dev.switchboard.webhook.watch;

import dev.switchboard.webhook.Attempt;
import java.time.Duration;

/** Is told what happens to deliveries. Safe for use by many threads; does not wait. */
public interface DeliveryWatch {
  /** Something was posted, and this came of it. */
  void attempted(Attempt attempt);

  /**
   * A receiver took an event that was not replayed.
   *
   * @param delay since the event was recorded
   */
  void delivered(Duration delay);

  /** So many events were deleted before a webhook got them. */
  void dropped(long events);

  /** Nobody watches. */
  static DeliveryWatch none() {
    return new DeliveryWatch() {
      @Override
      public void attempted(Attempt attempt) {}

      @Override
      public void delivered(Duration delay) {}

      @Override
      public void dropped(long events) {}
    };
  }
}
