package dev.switchboard.event.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.event.Event;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.EventBench;
import dev.switchboard.testing.EventProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A process that writes events is killed without warning, again and again. */
@Execution(ExecutionMode.CONCURRENT)
class KilledProcessIT {
  private static final int LIVES = 2;

  @TempDir private Path folder;

  @Test
  void whatWasToldIsInTheLogAndSequencesHaveNoHoles() throws Exception {
    Set<String> told = new HashSet<>();
    for (int life = 1; life <= LIVES; life++) {
      told.addAll(toldUntilKilled(500 + 277 * life));
    }
    List<Event> events = inTheLog();
    Set<String> found = new HashSet<>();
    Map<Object, Long> sequences = new HashMap<>();
    for (Event event : events) {
      assertThat(event.sequence()).isEqualTo(sequences.merge(event.account(), 1L, Long::sum));
      found.add(EventProgram.line(event));
    }
    assertThat(found).hasSameSizeAs(events).containsAll(told);
  }

  private List<String> toldUntilKilled(int lines) throws IOException, InterruptedException {
    Process process = start();
    List<String> told = new ArrayList<>();
    try (BufferedReader output = process.inputReader()) {
      while (told.size() < lines) {
        String line = output.readLine();
        assertThat(line).as("it writes until it is killed").isNotNull();
        if (EventProgram.isLine(line)) {
          told.add(line);
        }
      }
      process.toHandle().destroyForcibly();
    } finally {
      process.destroyForcibly().waitFor();
    }
    return told;
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            argument -> Stream.of("--add-", "--enable-", "--sun-").anyMatch(argument::startsWith))
        .forEach(command::add);
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            classes,
            EventProgram.class.getName(),
            folder.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private List<Event> inTheLog() throws InterruptedException {
    List<Event> events = new ArrayList<>();
    try (EventBench bench = EventBench.open(folder);
        Reading reading = bench.events.open(Selection.of(TenantId.DEFAULT), new Start.Earliest())) {
      while (reading.next(1_000, Duration.ZERO) instanceof Page.Events(var found, long _)
          && !found.isEmpty()) {
        events.addAll(found);
      }
    }
    return events;
  }
}
