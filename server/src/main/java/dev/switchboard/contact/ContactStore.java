package dev.switchboard.contact;

import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Contact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where contacts are stored. What changes them applies the engine's records in the same
 * transaction, makes events of what became known by it, and returns what became known by it,
 * nothing for what was known. Every method throws STORAGE_UNAVAILABLE when storage is away.
 */
public interface ContactStore {
  /**
   * Makes one contact, and one chat, of what is known under the two names of each person. The
   * newest word counts: a number moves to the LID it is given with, and a LID has one number. A
   * contact whose number went to somebody else keeps its LID, its chat and its messages.
   *
   * @param historical whether that was so before the account was linked
   */
  List<ContactEvent> merge(
      AccountKey account, List<Peer> people, boolean historical, List<RecordChange> changes);

  /** Notes that a person's security code changed. */
  List<ContactEvent> changeIdentity(
      AccountKey account, Peer person, Instant at, List<RecordChange> changes);

  /**
   * Notes what people are called.
   *
   * @param historical whether that was so before the account was linked
   */
  List<ContactEvent> name(
      AccountKey account, List<NamedPeer> people, boolean historical, List<RecordChange> changes);

  /** Makes an event of what a person does, unless the account was deleted; stores nothing else. */
  void chatState(AccountKey account, Peer chat, ChatState state);

  /** The person of any of these names. */
  Optional<Contact> find(AccountKey account, Peer peer);

  /**
   * One page in the order in which people became known. A person who was two is listed where the
   * one was that became known first.
   *
   * @param after where an earlier page ended, or null for the first
   */
  ContactPage list(AccountKey account, @Nullable Long after, int limit);
}
