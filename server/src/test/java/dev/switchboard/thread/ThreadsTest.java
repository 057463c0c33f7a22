package dev.switchboard.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicBoolean interrupted = new AtomicBoolean();

  @Test
  void oneThatStopsInTimeIsNotInterrupted() {
    Thread worker = worker();
    stop.countDown();
    Threads.end(worker, SOON);
    assertThat(worker.isAlive()).isFalse();
    assertThat(interrupted).isFalse();
  }

  @Test
  void oneThatTakesTooLongIsInterruptedAndWaitedFor() {
    Thread worker = worker();
    Threads.end(worker, Duration.ofMillis(1));
    assertThat(worker.isAlive()).isFalse();
    assertThat(interrupted).isTrue();
  }

  @Test
  void whoIsInterruptedMeanwhileInterruptsItAndStaysInterrupted() throws Exception {
    Thread worker = worker();
    Thread.currentThread().interrupt();
    Threads.end(worker, SOON);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(worker.join(SOON)).isTrue();
    assertThat(interrupted).isTrue();
  }

  private Thread worker() {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            stop.await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
        });
  }
}
