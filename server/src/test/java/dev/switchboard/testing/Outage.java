package dev.switchboard.testing;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.util.concurrent.atomic.AtomicInteger;

/** Storage that can be taken away and brought back. */
public final class Outage {
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean away;

  public void begin() {
    refused.set(0);
    away = true;
  }

  public void end() {
    away = false;
  }

  /** How many calls it has refused since it began. */
  public int refused() {
    return refused.get();
  }

  void check() {
    if (away) {
      refused.incrementAndGet();
      throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "storage is away");
    }
  }
}
