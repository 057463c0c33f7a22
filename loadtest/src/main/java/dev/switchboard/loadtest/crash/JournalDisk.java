package dev.switchboard.loadtest.crash;

import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.process.SmallDisk;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.run.Progress;
import java.nio.file.Path;
import java.time.Duration;

/** The disk of the journal when it is to be filled: small, and full now and then. */
final class JournalDisk implements AutoCloseable {
  /** What the server keeps free, so that a small disk will do. */
  static final String RESERVED = "8 MiB";

  private static final long BYTES = 96L << 20;
  private static final long LEFT = 4L << 20;
  private static final Duration STEP = Duration.ofMillis(20);

  private final SmallDisk disk;
  private final Repeats repeats;
  private final Progress progress;
  private int fills;

  private JournalDisk(SmallDisk disk, Repeats repeats, Progress progress) {
    this.disk = disk;
    this.repeats = repeats;
    this.progress = progress;
  }

  /** Puts one below the journal of a server that is stopped. */
  static JournalDisk below(ServerProcess.Plan server, Repeats repeats, Progress progress)
      throws InterruptedException {
    Path journal = server.data().resolve("journal");
    Path logs = server.log().toAbsolutePath().resolveSibling("");
    SmallDisk disk =
        SmallDisk.over(journal, server.data().resolveSibling("small-disk"), BYTES, logs);
    return new JournalDisk(disk, repeats, progress);
  }

  /** The server, started where it sees this disk. */
  ServerProcess.Plan holding(ServerProcess.Plan server) {
    return server.withPrefix(disk.prefix());
  }

  /** Leaves less than the server keeps free. */
  void fill() {
    disk.fill(LEFT);
  }

  /**
   * Waits until a caller is told that the journal takes nothing.
   *
   * @throws LoadTestException when nobody is in time
   */
  void awaitRefusal(Duration patience) throws InterruptedException {
    long before = repeats.of(Repeats.JOURNAL_UNAVAILABLE);
    Progress.Stopwatch time = progress.start();
    while (repeats.of(Repeats.JOURNAL_UNAVAILABLE) == before) {
      if (time.elapsed().compareTo(patience) > 0) {
        throw new LoadTestException("the disk is full and nobody is refused: " + repeats.all());
      }
      Thread.sleep(STEP);
    }
    fills++;
  }

  void clear() {
    disk.clear();
  }

  /** How often it was full, and callers were told. */
  int fills() {
    return fills;
  }

  @Override
  public void close() {
    disk.close();
  }
}
