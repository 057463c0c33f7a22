package dev.switchboard.store.contact;

import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.Contact;
import java.util.UUID;

/** One person's row, opened. */
record ChatRow(UUID id, long sequence, Contact contact) {
  Peer peer() {
    return contact.peer();
  }

  ChatRow with(Contact changed) {
    return new ChatRow(id, sequence, changed);
  }

  /** Whether this one became known first. */
  boolean before(ChatRow other) {
    return sequence < other.sequence;
  }
}
