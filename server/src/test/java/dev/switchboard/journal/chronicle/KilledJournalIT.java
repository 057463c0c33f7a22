package dev.switchboard.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.Positioned;
import dev.switchboard.journal.Tail;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.SampleEntries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is killed while it appends leaves a journal with everything that was answered. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class KilledJournalIT {
  private static final int ROUNDS = 3;
  private static final int ANSWERS = 100;

  @TempDir private Path folder;

  /** The system has what was answered, and goes on when the process does not. */
  @ParameterizedTest
  @EnumSource(Durability.class)
  void holdsEveryAnsweredEntryOnceAndInOrderAfterEachKill(Durability durability) throws Exception {
    Path directory = folder.resolve("journal");
    Set<String> answered = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      answered.addAll(answersUntilKilled(directory, "R" + round, durability, ANSWERS + 37 * round));
      try (ChronicleJournal journal = JournalProgram.open(directory, 0)) {
        List<String> held = ids(journal);
        assertThat(held).doesNotHaveDuplicates().containsAll(answered);
        assertNoGapIn(held);
        journal.append(SampleEntries.accepted("after " + round));
        answered.add("after " + round);
      }
    }
  }

  /** What was printed whole: what is torn off by the kill was not heard by anybody. */
  private List<String> answersUntilKilled(
      Path directory, String word, Durability durability, int least)
      throws IOException, InterruptedException {
    Path output = folder.resolve(word);
    Process process =
        new ProcessBuilder(
                JournalProgram.command(
                    JournalProgram.class, directory.toString(), word, durability.name()))
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      Eventually.until(
          "it appends",
          Duration.ofMinutes(1),
          () -> printed(output).size() >= least || !process.isAlive());
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    return printed(output);
  }

  private static List<String> printed(Path output) {
    try {
      String said = Files.readString(output);
      return said.substring(0, said.lastIndexOf('\n') + 1)
          .lines()
          .filter(line -> line.startsWith(JournalProgram.ANSWERED))
          .map(line -> line.substring(JournalProgram.ANSWERED.length()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each caller asked for its next entry when the one before was answered. */
  private static void assertNoGapIn(List<String> held) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int caller = 0; caller < JournalProgram.CALLERS; caller++) {
        String word = "R" + round + "-" + caller + "-";
        List<String> its = held.stream().filter(id -> id.startsWith(word)).toList();
        for (int number = 0; number < its.size(); number++) {
          assertThat(its.get(number)).isEqualTo(word + number);
        }
      }
    }
  }

  static List<String> ids(ChronicleJournal journal) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    try (Tail tail = journal.tail(0)) {
      List<Positioned> read = tail.next(1_000, Duration.ofMillis(1));
      while (!read.isEmpty()) {
        read.forEach(it -> ids.add(((Accepted) it.entry()).id().value()));
        read = tail.next(1_000, Duration.ofMillis(1));
      }
    }
    return ids;
  }
}
