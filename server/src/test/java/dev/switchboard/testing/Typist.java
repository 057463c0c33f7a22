package dev.switchboard.testing;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Types a linking code on a simulated phone. Clients show a code as soon as they have asked for the
 * link, so that a machine can type it before the network knows of it: then it is typed again.
 */
public final class Typist {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private Typist() {}

  /**
   * Returns when the code was taken; a refusal that does not pass within half a minute is thrown.
   */
  public static void type(Runnable typing) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!typed(typing, deadline)) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private static boolean typed(Runnable typing, long deadline) {
    try {
      typing.run();
      return true;
    } catch (StatusRuntimeException e) {
      boolean mayPass = e.getStatus().getCode() == Status.Code.NOT_FOUND;
      if (!mayPass || System.nanoTime() > deadline) {
        throw e;
      }
      return false;
    }
  }
}
