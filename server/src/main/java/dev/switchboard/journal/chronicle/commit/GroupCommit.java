package dev.switchboard.journal.chronicle.commit;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer: one thread that takes all that waits, appends it, flushes once, and then answers all.
 * When the disk fails while it writes, what is on it is not known: it takes nothing more then,
 * until the journal is opened again.
 */
public final class GroupCommit implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final SingleChronicleQueue queue;
  private final WaitingRoom room;
  private final FreeSpace space;
  private final FlushedFile file;
  private final Frontier frontier;
  private final boolean durably;
  private final PageByPage pages = new PageByPage();
  private final AtomicLong appended = new AtomicLong();
  private volatile @Nullable Throwable failure;

  public GroupCommit(
      SingleChronicleQueue queue,
      WaitingRoom room,
      FreeSpace space,
      FlushedFile file,
      Frontier frontier,
      boolean durably) {
    this.queue = queue;
    this.room = room;
    this.space = space;
    this.file = file;
    this.frontier = frontier;
    this.durably = durably;
  }

  public long appended() {
    return appended.get();
  }

  public boolean failed() {
    return failure != null;
  }

  /** Until the room is closed and empty. */
  @Override
  public void run() {
    try (ExcerptAppender appender = queue.createAppender()) {
      List<Ticket> batch = room.take();
      while (!batch.isEmpty()) {
        serve(batch, appender);
        batch = room.take();
      }
    } finally {
      closeFile();
    }
  }

  private void serve(List<Ticket> batch, ExcerptAppender appender) {
    RuntimeException refusal = refusal(batch);
    if (refusal != null) {
      batch.forEach(ticket -> ticket.refused(refusal));
      return;
    }
    try {
      commit(batch, appender);
    } catch (Throwable e) {
      fail(e);
      batch.forEach(ticket -> ticket.refused(broken(e)));
      return;
    }
    // Callers wait for their answer, readers only for more work: callers are woken first.
    batch.forEach(Ticket::done);
    frontier.tell();
  }

  private @Nullable RuntimeException refusal(List<Ticket> batch) {
    Throwable known = failure;
    if (known != null) {
      return broken(known);
    }
    return space.hasRoomFor(size(batch))
        ? null
        : GatewayException.retryable(
            Reason.JOURNAL_UNAVAILABLE, "the disk of the journal is full", RETRY_AFTER, null);
  }

  private void commit(List<Ticket> batch, ExcerptAppender appender) throws IOException {
    long last = frontier.last();
    for (Ticket ticket : batch) {
      List<byte[]> entries = ticket.entries();
      for (int i = 0; i < entries.size(); i++) {
        last = append(appender, entries.get(i));
        ticket.written(i, last);
      }
      appended.addAndGet(entries.size());
    }
    if (durably) {
      file.flush();
    }
    frontier.reach(last);
  }

  /** A document that was not written to its end is taken back: closing it would commit it. */
  private long append(ExcerptAppender appender, byte[] entry) throws IOException {
    long position;
    DocumentContext document = appender.writingDocument();
    boolean whole = false;
    try {
      file.moveTo(appender.currentFile().toPath(), durably);
      Bytes<?> bytes = document.wire().bytes();
      pages.cache(bytes);
      bytes.write(entry);
      position = document.index();
      whole = true;
    } finally {
      if (!whole) {
        document.rollbackOnClose();
      }
      document.close();
    }
    return position;
  }

  private void fail(Throwable cause) {
    failure = cause;
    LOG.error(
        "The journal failed and takes no more entries until the server is started again", cause);
  }

  private static RuntimeException broken(Throwable cause) {
    return new GatewayException(
        Reason.JOURNAL_UNAVAILABLE, "the journal failed; see the server's log", cause);
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(List<Ticket> batch) {
    long size = 0;
    for (Ticket ticket : batch) {
      for (byte[] entry : ticket.entries()) {
        size += entry.length;
      }
    }
    return size;
  }
}
