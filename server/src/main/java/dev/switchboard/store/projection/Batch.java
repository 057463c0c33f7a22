package dev.switchboard.store.projection;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.store.contact.ChatsOfBatch.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Entries, and what is to be read before they can be applied.
 *
 * @param people whose chats are needed, in order
 * @param messages which messages, and whether what they say is needed to tell of them
 * @param emptied accounts of which everything that waits is needed
 */
record Batch(
    List<JournalEntry> entries,
    Set<Named> people,
    Map<MessageStates.Key, Boolean> messages,
    Set<AccountKey> emptied,
    List<JournalEntry.Accepted> accepted) {

  static Batch of(List<JournalEntry> entries) {
    var batch =
        new Batch(
            entries, new LinkedHashSet<>(), new HashMap<>(), new HashSet<>(), new ArrayList<>());
    entries.forEach(batch::look);
    return batch;
  }

  private void look(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Accepted it -> accept(it);
      case JournalEntry.Carried carried -> look(carried.accepted());
      case JournalEntry.Attempted it ->
          messages.putIfAbsent(new MessageStates.Key(it.account(), it.id()), false);
      case JournalEntry.Sent it -> {
        people.add(new Named(it.account(), it.to()));
        messages.put(new MessageStates.Key(it.account(), it.id()), true);
      }
      case JournalEntry.Failed it ->
          messages.put(new MessageStates.Key(it.account(), it.id()), true);
      case JournalEntry.Cancelled it ->
          messages.put(new MessageStates.Key(it.account(), it.id()), true);
      case JournalEntry.Rescheduled it ->
          messages.put(new MessageStates.Key(it.account(), it.id()), true);
      case JournalEntry.Progressed it ->
          it.receipt()
              .ids()
              .forEach(id -> messages.put(new MessageStates.Key(it.account(), id), true));
      case JournalEntry.Unlinked it -> emptied.add(it.account());
      case JournalEntry.Paused _,
          JournalEntry.Resumed _,
          JournalEntry.Linked _,
          JournalEntry.Forgotten _,
          JournalEntry.AccountCarried _ -> {}
    }
  }

  private void look(JournalEntry.Accepted it) {
    people.add(new Named(it.account(), it.to()));
    // What it says is needed when the account takes no messages: then it fails at once.
    messages.put(new MessageStates.Key(it.account(), it.id()), true);
  }

  private void accept(JournalEntry.Accepted it) {
    look(it);
    accepted.add(it);
  }
}
