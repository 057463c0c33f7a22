package dev.switchboard.testing;

import dev.switchboard.journal.JournalStatus;
import dev.switchboard.journal.log.ByteLog;
import dev.switchboard.journal.log.Decoder;
import dev.switchboard.journal.log.LogFile;
import dev.switchboard.journal.log.LogTail;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A log whose disk is full whenever it is told to be. */
public final class RefusingLog implements ByteLog {
  private final ByteLog log;
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean refusing;

  RefusingLog(ByteLog log) {
    this.log = log;
  }

  public void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** How often it refused. */
  public int refused() {
    return refused.get();
  }

  @Override
  public String id() {
    return log.id();
  }

  @Override
  public long[] append(List<byte[]> entries) throws InterruptedException {
    if (refusing) {
      refused.incrementAndGet();
      throw GatewayException.retryable(
          Reason.JOURNAL_UNAVAILABLE, "the disk is full", Duration.ofSeconds(1), null);
    }
    return log.append(entries);
  }

  @Override
  public <T> Optional<T> read(long position, Decoder<T> decoder) {
    return log.read(position, decoder);
  }

  @Override
  public <T> LogTail<T> tail(long from, Decoder<T> decoder) {
    return log.tail(from, decoder);
  }

  @Override
  public long first() {
    return log.first();
  }

  @Override
  public long end() {
    return log.end();
  }

  @Override
  public long lastBefore(long position) {
    return log.lastBefore(position);
  }

  @Override
  public long beginningOfLast(int cycles) {
    return log.beginningOfLast(cycles);
  }

  @Override
  public List<LogFile> files() {
    return log.files();
  }

  @Override
  public void release(long before) {
    log.release(before);
  }

  @Override
  public long appended() {
    return log.appended();
  }

  @Override
  public JournalStatus status() {
    return log.status();
  }

  @Override
  public void close() {
    log.close();
  }
}
