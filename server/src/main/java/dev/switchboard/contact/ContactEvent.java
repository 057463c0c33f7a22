package dev.switchboard.contact;

import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.Contact;
import java.util.List;

/** Something about a person became known. */
public sealed interface ContactEvent {
  /** The person as known after the event. */
  Contact contact();

  /**
   * Two names turned out to be one person.
   *
   * @param former those who were known as separate people before: one whose other name was not
   *     known, or two
   */
  record Merged(Contact contact, List<Peer> former) implements ContactEvent {
    public Merged {
      former = List.copyOf(former);
    }
  }

  /** Their security code changed: a new phone, WhatsApp installed anew, or somebody in between. */
  record IdentityChanged(Contact contact) implements ContactEvent {}

  /** They became known, were named otherwise, or their number changed hands. */
  record Updated(Contact contact) implements ContactEvent {}
}
