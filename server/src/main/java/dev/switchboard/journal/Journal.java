package dev.switchboard.journal;

import java.util.List;
import java.util.Optional;

/**
 * An append-only sequence of entries. Positions ascend, with gaps, and stay the same over restarts.
 * Safe for use by many threads.
 */
public interface Journal extends AutoCloseable {
  /** Names this journal for good: a position means nothing in another one. */
  String id();

  /**
   * Appends one entry and returns its position when it is durable, as far as the configured
   * durability goes. Calls that come together share one flush.
   *
   * @throws dev.switchboard.model.GatewayException JOURNAL_UNAVAILABLE when the disk is full or
   *     fails, or too many appends wait; the entry was not written then and will not appear
   * @throws InterruptedException only when the entry was not written and will not appear; who is
   *     interrupted later gets the position and finds itself interrupted
   */
  long append(JournalEntry entry) throws InterruptedException;

  /**
   * Appends entries in this order, with one flush for all; others' entries may lie between them.
   * After a crash those that were written are a beginning of the list.
   *
   * @return their positions
   */
  List<Long> appendAll(List<JournalEntry> entries) throws InterruptedException;

  /** The entry at a position that was given out before; empty when its file was deleted. */
  Optional<JournalEntry> read(long position);

  /**
   * A reader of everything durable from this position on, for one thread.
   *
   * @param from the first position to read; one that was deleted stands for the first that is there
   */
  Tail tail(long from);

  /** A position before which there is nothing. */
  long first();

  /** A position greater than that of every durable entry. */
  long end();

  /**
   * The position at which the entries begin that were appended in the last {@code cycles} files;
   * what lies before is old.
   */
  long beginningOfLast(int cycles);

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
