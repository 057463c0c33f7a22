package dev.switchboard.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.testing.Samples;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns(Duration.ofMillis(1));

  @Test
  void whoWaitsInVainForAnEarlierCommandIsToldToTryAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Thread earlier = Thread.ofVirtual().start(() -> hold(begun, go));
    begun.await();
    assertThatThrownBy(() -> turns.take(Samples.ACCOUNT, () -> "done"))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.INSTANCE_NOT_READY);
              assertThat(e.retryAfter()).isPresent();
            });
    go.countDown();
    earlier.join();
    assertThat(turns.take(Samples.ACCOUNT, () -> "done")).isEqualTo("done");
  }

  private void hold(CountDownLatch begun, CountDownLatch go) {
    try {
      turns.take(
          Samples.ACCOUNT,
          () -> {
            begun.countDown();
            go.await();
            return true;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
