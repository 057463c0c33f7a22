package dev.switchboard.loadtest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

  @Test
  void doesAllAndAsManyAtOnceAsAllowed() throws InterruptedException {
    var done = new ConcurrentSkipListSet<Integer>();
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var full = new CountDownLatch(4);
    Parallel.forEach(
        ITEMS,
        4,
        item -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          full.countDown();
          full.await();
          done.add(item);
          running.decrementAndGet();
        });
    assertThat(done).hasSize(ITEMS.size());
    assertThat(most.get()).isEqualTo(4);
  }

  @Test
  void endsAllOnTheFirstFailure() {
    var never = new CountDownLatch(1);
    assertThatThrownBy(() ->
            Parallel.forEach(
                ITEMS,
                4,
                item -> {
                  if (item == 3) {
                    throw new LoadTestException("three");
                  }
                  never.await();
                }))
        .isInstanceOf(LoadTestException.class)
        .hasMessage("three");
  }
}
