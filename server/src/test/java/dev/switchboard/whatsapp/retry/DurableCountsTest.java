package dev.switchboard.whatsapp.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.MemoryRecords;
import dev.switchboard.whatsapp.signal.SignalAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurableCountsTest {
  private static final int LIMIT = 8;
  private static final SignalAddress DEVICE = new SignalAddress("15550001000@s.whatsapp.net", 3);

  private final ManualClock clock = new ManualClock();
  private final MemoryRecords records = new MemoryRecords();

  @Test
  void countsOnAfterARestart() {
    count("M1");
    count("M1");

    assertThat(counts().of(DEVICE, "M1")).isEqualTo(2);
    assertThat(counts().of(new SignalAddress(DEVICE.name(), 4), "M1")).isZero();
  }

  @Test
  void forgetsWhatIsSettled() {
    count("M1");

    records.commit(List.of(counts().forget(DEVICE, "M1")));

    assertThat(counts().of(DEVICE, "M1")).isZero();
  }

  @Test
  void givesUpWhatWasIdleForLongestAtItsBound() {
    for (int number = 0; number < LIMIT; number++) {
      count("M" + number);
    }
    count("M0");
    assertThat(records.count(RecordKind.RETRY_REQUEST)).isEqualTo(LIMIT);

    count("one more");

    assertThat(records.count(RecordKind.RETRY_REQUEST)).isLessThanOrEqualTo(LIMIT);
    assertThat(counts().of(DEVICE, "M0")).isEqualTo(2);
    assertThat(counts().of(DEVICE, "M1")).isZero();
    assertThat(counts().of(DEVICE, "one more")).isEqualTo(1);
  }

  @Test
  void keepsNamesOfAnyLength() {
    count("x".repeat(500));

    assertThat(counts().of(DEVICE, "x".repeat(500))).isEqualTo(1);
  }

  @Test
  void renewsASessionOnceInAWhile() {
    RetryLimits limits = RetryLimits.DEFAULT;
    SessionRenewals renewals = new SessionRenewals(records, limits, clock);
    assertThat(renewals.isDue(DEVICE)).isTrue();
    records.commit(renewals.note(DEVICE));
    clock.advance(limits.renewal().minus(Duration.ofSeconds(1)));
    assertThat(renewals.isDue(DEVICE)).isFalse();

    clock.advance(Duration.ofSeconds(1));

    assertThat(renewals.isDue(DEVICE)).isTrue();
  }

  private void count(String what) {
    clock.advance(Duration.ofSeconds(1));
    records.commit(counts().increment(DEVICE, what));
  }

  private DurableCounts counts() {
    return new DurableCounts(records, RecordKind.RETRY_REQUEST, LIMIT, clock);
  }
}
