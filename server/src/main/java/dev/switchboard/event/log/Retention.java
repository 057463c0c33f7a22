package dev.switchboard.event.log;

import dev.switchboard.event.LowWaterMark;
import dev.switchboard.journal.log.LogFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes whole files of events that are older than they are kept, or more than fit. The file that
 * is written to stays, and so does what a start needs.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final EventLog log;
  private final Policy policy;
  private final LongSupplier needed;
  private final List<LowWaterMark> marks = new CopyOnWriteArrayList<>();
  private final InstantSource clock;

  /**
   * How much is kept.
   *
   * @param age how long events are kept at least, unless they are too many
   * @param mostBytes how much they may take, in files that are finished
   */
  public record Policy(Duration age, long mostBytes) {
    public Policy {
      if (age.isNegative() || mostBytes < 0) {
        throw new IllegalArgumentException("events are kept for some time, and some bytes of them");
      }
    }
  }

  /**
   * @param needed the first position that a start needs
   */
  public Retention(EventLog log, Policy policy, LongSupplier needed, InstantSource clock) {
    this.log = log;
    this.policy = policy;
    this.needed = needed;
    this.clock = clock;
  }

  /** Has somebody asked before anything is deleted. */
  public void ask(LowWaterMark mark) {
    marks.add(mark);
  }

  /** Deletes what may go by now. */
  public void sweep() {
    List<LogFile> files = log.files();
    long begin = beginning(files, Math.min(bound(files), needed.getAsLong()));
    if (begin > log.first() && told(begin)) {
      release(begin);
    }
  }

  private void release(long begin) {
    try {
      log.release(begin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server ends; they are deleted after a start.
    }
  }

  /** Where the first file begins that stays. */
  private long bound(List<LogFile> files) {
    if (files.isEmpty()) {
      return 0;
    }
    Instant oldest = clock.instant().minus(policy.age());
    long bytes = files.stream().mapToLong(LogFile::bytes).sum();
    for (LogFile file : files.subList(0, files.size() - 1)) {
      if (file.to().isAfter(oldest) && bytes <= policy.mostBytes()) {
        return file.begin();
      }
      bytes -= file.bytes();
    }
    return files.getLast().begin();
  }

  /** Of the file that a position lies in. */
  private static long beginning(List<LogFile> files, long position) {
    return files.stream()
        .mapToLong(LogFile::begin)
        .filter(begin -> begin <= position)
        .max()
        .orElse(0);
  }

  private boolean told(long before) {
    for (LowWaterMark mark : marks) {
      try {
        if (mark.position() < before) {
          mark.passing(before);
        }
      } catch (RuntimeException e) {
        LOG.warn("Old events are kept: it could not be told that they go", e);
        return false;
      }
    }
    return true;
  }
}
