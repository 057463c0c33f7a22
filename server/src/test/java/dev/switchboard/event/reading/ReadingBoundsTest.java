package dev.switchboard.event.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.event.Event;
import dev.switchboard.event.log.EventLog;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.testing.InMemoryLog;
import dev.switchboard.testing.NamedSeal;
import dev.switchboard.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of events in memory stays below its bound, and what went is read again. */
class ReadingBoundsTest {
  private static final int CONTENT = 1_000;
  private static final Selection ALL = Selection.of(Samples.ACCOUNT.tenant());

  private final InMemoryLog files = new InMemoryLog();
  private final EventLog log = new EventLog(files, new NamedSeal());

  @Test
  void theNewestEventsTakeNoMoreBytesThanTheBound() {
    long each = CONTENT + 160;
    Recent recent = new Recent(100, 10 * each, 0);
    for (int position = 0; position < 10; position++) {
      recent.add(event(Samples.ACCOUNT, position));
    }
    assertThat(recent.size()).isEqualTo(10);
    assertThat(recent.reaches(0)).isTrue();
    recent.add(event(Samples.ACCOUNT, 10));
    assertThat(recent.size()).isEqualTo(10);
    assertThat(recent.reaches(0)).isFalse();
    assertThat(recent.read(ALL, 1, 11, 100).orElseThrow().events()).hasSize(10);
    assertThat(recent.read(ALL, 0, 11, 100)).isEmpty();
  }

  @Test
  void theNewestEventIsKeptHoweverLargeItIs() {
    Recent recent = new Recent(100, 10, 0);
    recent.add(event(Samples.ACCOUNT, 0));
    recent.add(event(Samples.ACCOUNT, 1));
    assertThat(recent.size()).isEqualTo(1);
    assertThat(recent.reaches(1)).isTrue();
  }

  @Test
  void theIndexOfOldFilesTakesNoMoreBytesThanTheBound() throws Exception {
    int count = 20;
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      positions.add(append());
      files.nextFile();
    }
    Segments one = new Segments(log, Long.MAX_VALUE, log.end());
    Segments.Stretch _ = one.stretch(ALL, positions.getFirst(), log.end(), 10);
    long each = one.bytes();
    assertThat(each).isPositive();

    Segments bounded = new Segments(log, 3 * each, log.end());
    for (int round = 0; round < 2; round++) {
      for (long position : positions) {
        assertThat(bounded.stretch(ALL, position, log.end(), 10).positions())
            .containsExactly(position);
        assertThat(bounded.bytes()).isLessThanOrEqualTo(3 * each);
      }
      assertThat(bounded.bytes()).isEqualTo(3 * each);
    }
  }

  @Test
  void olderEventsThatSomebodyReadTakeNoMoreBytesThanTheBound() throws Exception {
    long each = CONTENT + 220;
    OlderEvents older = new OlderEvents(log, 3 * each);
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      positions.add(append());
      assertThat(older.read(positions.getLast(), ALL)).isPresent();
      assertThat(older.bytes()).isEqualTo(Math.min(i + 1, 3) * each);
    }
    long read = log.entriesRead();
    assertThat(older.read(positions.getLast(), ALL)).isPresent();
    assertThat(log.entriesRead()).isEqualTo(read);
    assertThat(older.read(positions.getFirst(), ALL)).isPresent();
    assertThat(log.entriesRead()).isEqualTo(read + 1);
    assertThat(older.bytes()).isEqualTo(3 * each);
  }

  private long append() throws InterruptedException {
    return log.append(List.of(log.encode(event(Samples.ACCOUNT, -1), 1)))[0];
  }

  private static Event event(AccountKey account, long position) {
    return new Event(
        account, 1, position, EventKind.MESSAGE_RECEIVED, Samples.NOW, new byte[CONTENT]);
  }
}
