package dev.switchboard.event.reading;

import static dev.switchboard.testing.EventBench.account;
import static dev.switchboard.testing.EventBench.read;
import static dev.switchboard.testing.EventBench.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.testing.EventBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the log was damaged: who reads is told, and goes on. */
class DamagedEventsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final AccountKey ALPHA = account("alpha");
  private static final AccountKey BETA = account("beta");
  private static final Start EARLIEST = new Start.Earliest();

  @TempDir private Path folder;
  private EventBench bench;

  @BeforeEach
  void open() throws Exception {
    bench = EventBench.open(folder);
    bench.tell(ALPHA, "before");
    bench.tell(BETA, "of another");
    bench.tell(ALPHA, "spoilt", "after");
    bench.damage(folder, "spoilt");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aReaderIsToldWhichItCannotHaveAndGoesOn() throws InterruptedException {
    assertPassesOver();
    bench = bench.reopen(folder);
    assertPassesOver();
  }

  private void assertPassesOver() throws InterruptedException {
    try (Reading reading = bench.events.open(Selection.of(ALPHA), EARLIEST)) {
      assertThat(texts(read(reading, 9))).containsExactly("before");
      assertThat(reading.next(9, SOON)).isEqualTo(new Page.Damaged(ALPHA, 2, reading.position()));
      assertThat(texts(read(reading, 9))).containsExactly("after");
    }
  }

  @Test
  void whoDoesNotWantItIsToldNothing() throws InterruptedException {
    Selection locks = Selection.of(ALPHA).withKinds(Set.of(EventKind.REACHOUT_LOCK_CHANGED));
    for (Selection selection : List.of(Selection.of(BETA), locks)) {
      try (Reading reading = bench.events.open(selection, EARLIEST)) {
        Page page = reading.next(9, Duration.ZERO);
        assertThat(page).isInstanceOf(Page.Events.class);
      }
    }
  }
}
