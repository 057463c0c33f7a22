package dev.switchboard.journal.log;

import dev.switchboard.journal.JournalStatus;
import java.util.List;
import java.util.Optional;

/**
 * An append-only sequence of entries. Positions ascend, within a file by one, and stay the same
 * over restarts. Safe for use by many threads.
 */
public interface ByteLog extends AutoCloseable {
  /** Names this log for good: a position means nothing in another one. */
  String id();

  /**
   * Appends entries in this order, with one flush for all, and returns when they are durable, as
   * far as the configured durability goes. Others' entries may lie between them. After a crash
   * those that were written are a beginning of the list.
   *
   * @return their positions
   * @throws dev.switchboard.model.GatewayException JOURNAL_UNAVAILABLE when the disk is full or
   *     fails, or too many appends wait; nothing was written then and will not appear, unless the
   *     disk failed meanwhile: then nothing more is taken until the log is opened again
   */
  long[] append(List<byte[]> entries) throws InterruptedException;

  /** The entry at a position that was given out before; empty when its file was deleted. */
  <T> Optional<T> read(long position, Decoder<T> decoder);

  /**
   * A reader of everything durable from this position on, for one thread.
   *
   * @param from the first position to read; one that was deleted stands for the first that is there
   */
  <T> LogTail<T> tail(long from, Decoder<T> decoder);

  /** A position before which there is nothing. */
  long first();

  /** A position greater than that of every durable entry. */
  long end();

  /** The position of the last entry before a position, or -1. */
  long lastBefore(long position);

  /**
   * The position at which the entries begin that were appended in the last {@code cycles} files;
   * what lies before is old.
   */
  long beginningOfLast(int cycles);

  /** The files that there are, in order. */
  List<LogFile> files();

  /** Tells that nothing before this position is needed any more: whole files of it are deleted. */
  void release(long before);

  /** How many entries were appended since it was opened: cheap enough for every call. */
  long appended();

  /** How it is doing: looks at its files. */
  JournalStatus status();

  /** Lets what is being appended finish, then ends. */
  @Override
  void close();
}
