package dev.switchboard.testing;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalContract;

/** The journal of other tests keeps what it promises. */
class InMemoryJournalTest extends JournalContract {
  @Override
  protected Journal open() {
    return new InMemoryJournal();
  }

  @Override
  protected Journal reopen(Journal closed) {
    return ((InMemoryJournal) closed).reopen();
  }

  @Override
  protected void nextFile(Journal open) {
    ((InMemoryJournal) open).nextFile();
  }
}
