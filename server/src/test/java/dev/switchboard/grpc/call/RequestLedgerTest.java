package dev.switchboard.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestLedgerTest {
  private static final TenantId OTHER = new TenantId("other");
  private static final StringValue ASKED = StringValue.of("asked");

  private final ManualClock clock = new ManualClock();
  private final RequestLedger ledger = new RequestLedger(clock, 2);
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void doesTheWorkOnceForAnId() throws Exception {
    assertThat(once("a", ASKED).getValue()).isEqualTo("1");
    assertThat(once("a", ASKED).getValue()).isEqualTo("1");
    assertThat(once("", ASKED).getValue()).isEqualTo("2");
    assertThat(once("", ASKED).getValue()).isEqualTo("3");
  }

  @Test
  void keepsTenantsApart() throws Exception {
    once("a", ASKED);
    var answer = ledger.once(OTHER, "a", StringValue.of("x"), this::run);
    assertThat(answer.getValue()).isEqualTo("2");
  }

  @Test
  void refusesAnotherRequestUnderTheSameId() throws Exception {
    once("a", ASKED);
    assertThatThrownBy(() -> once("a", StringValue.of("else")))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.REQUEST_ID_REUSED));
  }

  @Test
  void forgetsWorkThatFailed() throws Exception {
    assertThatThrownBy(() ->
            ledger.once(
                TenantId.DEFAULT,
                "a",
                ASKED,
                () -> {
                  throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "away");
                }))
        .isInstanceOf(GatewayException.class);
    assertThat(once("a", ASKED).getValue()).isEqualTo("1");
  }

  @Test
  void refusesNewIdsAtTheLimitUntilOldOnesAreForgotten() throws Exception {
    once("a", ASKED);
    clock.advance(Duration.ofHours(1));
    once("b", ASKED);
    assertThatThrownBy(() -> once("c", ASKED))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.REQUEST_IDS_EXHAUSTED));
    clock.advance(RequestLedger.WINDOW.minus(Duration.ofHours(1)));
    assertThat(once("c", ASKED).getValue()).isEqualTo("3");
    assertThat(once("b", ASKED).getValue()).as("not forgotten yet").isEqualTo("2");
  }

  @Test
  void aRepeatWaitsForTheFirst() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          threads.submit(() ->
              ledger.once(
                  TenantId.DEFAULT,
                  "a",
                  ASKED,
                  () -> {
                    begun.countDown();
                    go.await();
                    return run();
                  }));
      begun.await();
      var repeat = threads.submit(() -> once("a", ASKED));
      go.countDown();
      assertThat(repeat.get()).isEqualTo(first.get());
    }
    assertThat(runs).hasValue(1);
  }

  private StringValue once(String id, StringValue request) throws InterruptedException {
    return ledger.once(TenantId.DEFAULT, id, request, this::run);
  }

  private StringValue run() {
    return StringValue.of(Integer.toString(runs.incrementAndGet()));
  }
}
