package dev.switchboard.testing;

import dev.switchboard.event.Event;
import dev.switchboard.event.reading.Page;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.TenantId;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Writes events to the folder it is given and prints each that it was told, until it is killed. */
public final class EventProgram {
  private static final int MOST_UNREAD = 2_000;

  private EventProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (EventBench bench = EventBench.open(Path.of(arguments[0]));
        Reading reading = bench.events.open(Selection.of(TenantId.DEFAULT), new Start.Latest())) {
      int written = 0;
      for (int read = 0; ; ) {
        while (written - read < MOST_UNREAD) {
          write(bench);
          written += 10;
        }
        if (reading.next(100, Duration.ofSeconds(10)) instanceof Page.Events(var events, long _)) {
          read += events.size();
          events.forEach(event -> output.println(line(event)));
        }
      }
    }
  }

  /** What is printed of an event. */
  public static String line(Event event) {
    return "told " + event.account().instance() + " " + event.sequence() + " .";
  }

  /** Whether it was printed of an event, not by the log of the program. */
  public static boolean isLine(String line) {
    return line.startsWith("told ") && line.endsWith(" .");
  }

  private static void write(EventBench bench) {
    bench.clock.advance(Duration.ofMillis(30));
    bench.writer.committed(
        bench.outbox.stored(
            IntStream.range(0, 10)
                .mapToObj(i -> bench.draft(EventBench.account("n" + i % 3), "x" + List.of(i)))
                .toList()));
  }
}
