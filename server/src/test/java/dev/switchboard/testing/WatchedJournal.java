package dev.switchboard.testing;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalStatus;
import dev.switchboard.journal.Tail;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A journal whose entries somebody sees before they are appended, on the appender's thread. */
public record WatchedJournal(Journal journal, Consumer<JournalEntry> before) implements Journal {
  @Override
  public String id() {
    return journal.id();
  }

  @Override
  public long append(JournalEntry entry) throws InterruptedException {
    before.accept(entry);
    return journal.append(entry);
  }

  @Override
  public List<Long> appendAll(List<JournalEntry> entries) throws InterruptedException {
    entries.forEach(before);
    return journal.appendAll(entries);
  }

  @Override
  public Optional<JournalEntry> read(long position) {
    return journal.read(position);
  }

  @Override
  public Tail tail(long from) {
    return journal.tail(from);
  }

  @Override
  public long first() {
    return journal.first();
  }

  @Override
  public long end() {
    return journal.end();
  }

  @Override
  public long beginningOfLast(int cycles) {
    return journal.beginningOfLast(cycles);
  }

  @Override
  public void release(long before) {
    journal.release(before);
  }

  @Override
  public long appended() {
    return journal.appended();
  }

  @Override
  public JournalStatus status() {
    return journal.status();
  }

  @Override
  public void close() {
    journal.close();
  }
}
