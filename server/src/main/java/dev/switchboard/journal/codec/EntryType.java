package dev.switchboard.journal.codec;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.message.MessageId;
import org.jspecify.annotations.Nullable;

/** The kinds of entries, by the numbers that stand for them. */
enum EntryType {
  ACCEPTED(1),
  ATTEMPTED(2),
  SENT(3),
  FAILED(4),
  CANCELLED(5),
  RESCHEDULED(6),
  PROGRESSED(7),
  PAUSED(8),
  RESUMED(9),
  LINKED(10),
  UNLINKED(11),
  FORGOTTEN(12),
  CARRIED(13),
  ACCOUNT_CARRIED(14);

  static final Code<EntryType> CODE = new Code<>(EntryType.class, type -> type.number);

  private final int number;

  EntryType(int number) {
    this.number = number;
  }

  static EntryType of(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Accepted _ -> ACCEPTED;
      case JournalEntry.Attempted _ -> ATTEMPTED;
      case JournalEntry.Sent _ -> SENT;
      case JournalEntry.Failed _ -> FAILED;
      case JournalEntry.Cancelled _ -> CANCELLED;
      case JournalEntry.Rescheduled _ -> RESCHEDULED;
      case JournalEntry.Progressed _ -> PROGRESSED;
      case JournalEntry.Paused _ -> PAUSED;
      case JournalEntry.Resumed _ -> RESUMED;
      case JournalEntry.Linked _ -> LINKED;
      case JournalEntry.Unlinked _ -> UNLINKED;
      case JournalEntry.Forgotten _ -> FORGOTTEN;
      case JournalEntry.Carried _ -> CARRIED;
      case JournalEntry.AccountCarried _ -> ACCOUNT_CARRIED;
    };
  }

  /** The message that an entry is about, if it is about one. */
  static @Nullable MessageId messageOf(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Accepted accepted -> accepted.id();
      case JournalEntry.Attempted attempted -> attempted.id();
      case JournalEntry.Sent sent -> sent.id();
      case JournalEntry.Failed failed -> failed.id();
      case JournalEntry.Cancelled cancelled -> cancelled.id();
      case JournalEntry.Rescheduled rescheduled -> rescheduled.id();
      case JournalEntry.Carried carried -> carried.accepted().id();
      case JournalEntry.Progressed _,
          JournalEntry.Paused _,
          JournalEntry.Resumed _,
          JournalEntry.Linked _,
          JournalEntry.Unlinked _,
          JournalEntry.Forgotten _,
          JournalEntry.AccountCarried _ ->
          null;
    };
  }
}
