package dev.switchboard.loadtest.client;

import dev.switchboard.loadtest.run.LoadTestException;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Calls that may fail, with failures that say which one did. */
final class Calls {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Calls() {}

  /** The answer of a call. */
  static <T> T make(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw failed(what, e);
    }
  }

  /**
   * Repeats a call until it is answered: a service that starts refuses at first. False when the
   * time is over, or nothing is there any more to wait for.
   */
  static boolean answered(Supplier<?> call, BooleanSupplier alive, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (alive.getAsBoolean() && System.nanoTime() < end) {
      try {
        var _ = call.get();
        return true;
      } catch (StatusRuntimeException e) {
        Thread.sleep(PAUSE);
      }
    }
    return false;
  }

  /** The answer of a call that may be repeated, however often the server is too busy for it. */
  static <T> T makeWhenAvailable(String what, Supplier<T> call, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return call.get();
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Code.UNAVAILABLE || System.nanoTime() > end) {
          throw failed(what, e);
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  static LoadTestException failed(String what, Throwable failure) {
    return new LoadTestException(what + " failed: " + failure.getMessage(), failure);
  }
}
