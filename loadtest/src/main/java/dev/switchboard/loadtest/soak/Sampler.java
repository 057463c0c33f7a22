package dev.switchboard.loadtest.soak;

import dev.switchboard.loadtest.client.ServerMetrics;
import dev.switchboard.loadtest.measure.ClassHistogram;
import dev.switchboard.loadtest.measure.Jcmd;
import dev.switchboard.loadtest.measure.ProcessStatus;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at a server: memory after a collection, what it has open, what lies on the disk. */
final class Sampler {
  private static final String JOURNAL = "journal";
  private static final String DATABASE = "postgres";

  private final ServerProcess process;
  private final Path data;
  private final Ledger ledger;

  /**
   * @param data directory of the server
   */
  Sampler(ServerProcess process, Path data, Ledger ledger) {
    this.process = process;
    this.data = data;
    this.ledger = ledger;
  }

  Sample take(double minute) throws InterruptedException {
    long open = ServerMetrics.counter(process.httpPort(), "switchboard_messages_open");
    long lag = ServerMetrics.counter(process.httpPort(), "switchboard_projection_lag");
    var histogram = ClassHistogram.parse(new Jcmd(process.pid()).ask("GC.class_histogram"));
    var status = ProcessStatus.of(process.pid());
    return new Sample(
        minute,
        histogram.total().bytes(),
        status.rssKilobytes(),
        status.threads(),
        openFiles(),
        diskKilobytes(data.resolve(JOURNAL)),
        diskKilobytes(data.resolve(DATABASE)),
        open,
        lag,
        ledger.count());
  }

  private long openFiles() {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new LoadTestException("the open files of the server cannot be counted", e);
    }
  }

  /** As the file system counts: the journal's files are larger than what they hold. */
  private static long diskKilobytes(Path directory) throws InterruptedException {
    try {
      Process du =
          new ProcessBuilder(List.of("du", "-sk", directory.toString()))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // Files come and go meanwhile, which it complains of and counts all the same.
      var _ = du.waitFor();
      return kilobytes(said);
    } catch (IOException e) {
      throw new LoadTestException("du cannot be run", e);
    }
  }

  /** The number that a line of {@code du -sk} begins with. */
  static long kilobytes(String said) {
    String number = said.strip().split("\\s", 2)[0];
    if (!number.matches("\\d{1,18}")) {
      throw new LoadTestException("du said something else than a size: " + said.strip());
    }
    return Long.parseLong(number);
  }
}
