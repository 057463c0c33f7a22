package dev.switchboard.randomised;

import java.util.List;
import java.util.Map;

/** Short waits, so that a run of thousands of steps is over in minutes. */
final class Haste {
  static final Map<String, Object> SETTINGS =
      Map.of(
          "instances.reconnect-base",
          "50 milliseconds",
          "instances.reconnect-cap",
          "500 milliseconds",
          "instances.liveness.silence",
          "3 seconds",
          "instances.liveness.answer-limit",
          "3 seconds",
          "instances.liveness.acknowledgement-limit",
          "5 seconds",
          "instances.liveness.heal-after",
          "1 second",
          "instances.liveness.heals-per-hour",
          1_000,
          "outbox.retry-delays",
          List.of("200 milliseconds", "500 milliseconds", "1 second", "2 seconds", "5 seconds"));

  private Haste() {}
}
