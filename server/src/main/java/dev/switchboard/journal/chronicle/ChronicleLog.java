package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.JournalStatus;
import dev.switchboard.journal.chronicle.commit.Device;
import dev.switchboard.journal.chronicle.commit.FlushedFile;
import dev.switchboard.journal.chronicle.commit.FreeSpace;
import dev.switchboard.journal.chronicle.commit.Frontier;
import dev.switchboard.journal.chronicle.commit.GroupCommit;
import dev.switchboard.journal.chronicle.commit.Ticket;
import dev.switchboard.journal.chronicle.commit.WaitingRoom;
import dev.switchboard.journal.log.ByteLog;
import dev.switchboard.journal.log.Decoder;
import dev.switchboard.journal.log.LogFile;
import dev.switchboard.journal.log.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** A log in the files of a Chronicle Queue. */
public final class ChronicleLog implements ByteLog {
  private final Home home;
  private final SingleChronicleQueue queue;
  private final Cycles cycles;
  private final Frontier frontier;
  private final WaitingRoom room;
  private final FreeSpace space;
  private final FlushedFile file;
  private final GroupCommit writer;
  private final Thread thread;
  private final Readers readers;
  private final Set<DurableTail<?>> tails = ConcurrentHashMap.newKeySet();

  private ChronicleLog(
      ChronicleConfig config, String name, Home home, SingleChronicleQueue queue, Device device)
      throws IOException {
    this.home = home;
    this.queue = queue;
    cycles = new Cycles(queue, config.directory());
    frontier = new Frontier(Recovery.lastDurable(queue, cycles, device));
    room = new WaitingRoom(config.mostWaiting());
    space = new FreeSpace(config.directory(), device, config.reservedBytes());
    file = new FlushedFile(config.directory(), device);
    boolean durably = config.durability() == Durability.FSYNC;
    writer = new GroupCommit(queue, room, space, file, frontier, durably);
    readers = new Readers(queue);
    thread = Thread.ofPlatform().name(name + "-writer").start(writer);
  }

  /**
   * Opens the log of a directory, or makes one there. What can be read of it is flushed once and
   * counts, whether its append was answered or not.
   *
   * @param name what its writer is called
   * @param clock by which files begin and end
   * @throws JournalException when another process has it, or this version cannot read it
   */
  public static ChronicleLog open(ChronicleConfig config, String name, InstantSource clock) {
    return open(config, name, clock, Device.REAL);
  }

  /** As above, on another device than the real one. */
  public static ChronicleLog open(
      ChronicleConfig config, String name, InstantSource clock, Device device) {
    Home home = Home.claim(config.directory(), config.roll());
    SingleChronicleQueue queue = null;
    try {
      queue = Store.open(config, home.roll().cycle(), clock);
      return new ChronicleLog(config, name, home, queue, device);
    } catch (IOException | RuntimeException | Error e) {
      if (queue != null) {
        queue.close();
      }
      home.close();
      throw new JournalException("cannot open the journal " + config.directory() + ": " + e, e);
    }
  }

  @Override
  public String id() {
    return home.id();
  }

  @Override
  public long[] append(List<byte[]> entries) throws InterruptedException {
    if (entries.isEmpty()) {
      return new long[0];
    }
    if (Thread.interrupted()) { // Before anything can be written: later it may be too late.
      throw new InterruptedException();
    }
    Ticket ticket = new Ticket(entries);
    room.enter(ticket);
    return ticket.await();
  }

  @Override
  public <T> Optional<T> read(long position, Decoder<T> decoder) {
    return position < cycles.first() || position > frontier.last()
        ? Optional.empty()
        : readers.read(position, decoder);
  }

  @Override
  public <T> LogTail<T> tail(long from, Decoder<T> decoder) {
    EntryReader reader = new EntryReader(queue);
    DurableTail<T> tail = new DurableTail<>(reader, decoder, frontier, cycles, from, tails::remove);
    tails.add(tail);
    return tail;
  }

  @Override
  public long first() {
    return cycles.first();
  }

  @Override
  public long end() {
    return frontier.last() + 1;
  }

  @Override
  public long lastBefore(long position) {
    return cycles.lastBefore(Math.min(position, end()));
  }

  @Override
  public synchronized List<LogFile> files() {
    return frontier.ended() ? List.of() : cycles.described();
  }

  @Override
  public long beginningOfLast(int count) {
    return cycles.beginningOfLast(count);
  }

  @Override
  public void release(long before) {
    cycles.deleteBefore(before);
  }

  @Override
  public long appended() {
    return writer.appended();
  }

  @Override
  public synchronized JournalStatus status() {
    if (frontier.ended()) {
      return new JournalStatus(writer.appended(), file.flushes(), 0, 0, false);
    }
    List<Path> files = cycles.files();
    return new JournalStatus(
        writer.appended(),
        file.flushes(),
        files.stream().mapToLong(ChronicleLog::size).sum(),
        files.size(),
        !writer.failed() && space.hasRoomFor(0));
  }

  /** How many entries wait for the writer. */
  int waiting() {
    return room.entries();
  }

  @Override
  public void close() {
    room.close();
    join();
    release();
  }

  private synchronized void release() {
    frontier.end();
    List.copyOf(tails).forEach(DurableTail::close);
    readers.close();
    queue.close();
    home.close();
  }

  /** The writer ends by itself once it has answered all that waits. */
  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // Deleted meanwhile.
    }
  }
}
