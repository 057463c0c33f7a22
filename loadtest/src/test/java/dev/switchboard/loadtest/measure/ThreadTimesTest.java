package dev.switchboard.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadTimesTest {
  @Test
  void countsWhatAThreadWorkedUnderItsName() throws InterruptedException {
    long pid = ProcessHandle.current().pid();
    ThreadTimes before = ThreadTimes.of(pid);
    Thread busy = Thread.ofPlatform().name("busy-7").start(ThreadTimesTest::work);
    ThreadTimes spent = before;
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    // Linux counts in hundredths of a second.
    while (!spent.byName().containsKey("busy") && System.nanoTime() < deadline) {
      spent = ThreadTimes.of(pid).minus(before);
    }
    busy.interrupt();
    busy.join();
    assertThat(spent.byName()).containsKey("busy");
    assertThat(spent.sum()).isGreaterThanOrEqualTo(spent.byName().get("busy"));
  }

  @Test
  void takesThreadsThatDifferInANumberForOne() {
    assertThat(ThreadTimes.group("ZWorkerYoung#3")).isEqualTo("ZWorkerYoung");
    assertThat(ThreadTimes.group("grpc-nio-worke")).isEqualTo("grpc-nio-worke");
    assertThat(ThreadTimes.group("loop-1-12")).isEqualTo("loop");
    assertThat(ThreadTimes.group("C2 CompilerThre")).isEqualTo("C2 CompilerThre");
    assertThat(ThreadTimes.group("17")).isEqualTo("17");
  }

  @Test
  void addsAndTakesAway() {
    ThreadTimes one = new ThreadTimes(Map.of("a", Duration.ofSeconds(3)));
    ThreadTimes two = one.with("a", Duration.ofSeconds(1)).with("b", Duration.ofSeconds(2));
    assertThat(two.minus(one).byName())
        .containsOnly(Map.entry("a", Duration.ofSeconds(1)), Map.entry("b", Duration.ofSeconds(2)));
    assertThat(two.plus(one).sum()).isEqualTo(Duration.ofSeconds(9));
  }

  private static void work() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }
}
