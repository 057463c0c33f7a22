package dev.switchboard.testing;

import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.contact.ContactEvent;
import dev.switchboard.contact.ContactPage;
import dev.switchboard.contact.ContactStore;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Contacts in memory: finds by any name, takes no part in merging. */
public final class InMemoryContactStore implements ContactStore {
  private final List<Contact> all = new ArrayList<>();
  private final Consumer<Occurrence> happened;

  public InMemoryContactStore() {
    this(_ -> {});
  }

  /** One that tells what becomes known, as the real one does. */
  public InMemoryContactStore(Consumer<Occurrence> happened) {
    this.happened = happened;
  }

  @Override
  public synchronized List<ContactEvent> merge(
      AccountKey account, List<Peer> people, boolean historical, List<RecordChange> changes) {
    List<ContactEvent> events = new ArrayList<>();
    for (Peer peer : people) {
      Optional<Contact> known = find(account, peer);
      Contact now = known.orElseGet(() -> Contact.of(account, peer)).withPeer(peer);
      if (known.filter(now::equals).isEmpty()) {
        put(known, now);
        events.add(
            new ContactEvent.Merged(now, known.map(Contact::peer).map(List::of).orElse(List.of())));
      }
    }
    return told(events, historical);
  }

  @Override
  public synchronized List<ContactEvent> changeIdentity(
      AccountKey account, Peer person, Instant at, List<RecordChange> changes) {
    Optional<Contact> known = find(account, person);
    Contact now = known.orElseGet(() -> Contact.of(account, person)).withIdentityChangedAt(at);
    put(known, now);
    return told(List.of(new ContactEvent.IdentityChanged(now)), false);
  }

  @Override
  public synchronized List<ContactEvent> name(
      AccountKey account, List<NamedPeer> people, boolean historical, List<RecordChange> changes) {
    List<ContactEvent> events = new ArrayList<>();
    for (NamedPeer named : people) {
      Optional<Contact> known = find(account, named.peer());
      Contact before = known.orElseGet(() -> Contact.of(account, named.peer()));
      Contact now = before.withNames(before.names().updatedBy(named.names()));
      put(known, now);
      events.add(new ContactEvent.Updated(now));
    }
    return told(events, historical);
  }

  private List<ContactEvent> told(List<ContactEvent> events, boolean historical) {
    events.forEach(event ->
        happened.accept(
            new Occurrence(event.contact().account(), null, historical, payload(event))));
    return events;
  }

  private static EventPayload payload(ContactEvent event) {
    return switch (event) {
      case ContactEvent.Merged(var contact, var former) ->
          new EventPayload.ContactMerged(contact, former);
      case ContactEvent.IdentityChanged(var contact) ->
          new EventPayload.ContactIdentityChanged(contact);
      case ContactEvent.Updated(var contact) -> new EventPayload.ContactUpdated(contact);
    };
  }

  @Override
  public void chatState(AccountKey account, Peer chat, ChatState state) {
    happened.accept(new Occurrence(account, null, new EventPayload.ChatStateChanged(chat, state)));
  }

  @Override
  public synchronized Optional<Contact> find(AccountKey account, Peer peer) {
    return all.stream()
        .filter(one -> one.account().equals(account) && shareAName(one.peer(), peer))
        .findFirst();
  }

  @Override
  public synchronized ContactPage list(AccountKey account, @Nullable Long after, int limit) {
    List<Contact> own = all.stream().filter(one -> one.account().equals(account)).toList();
    int from = after == null ? 0 : after.intValue();
    int to = Math.min(own.size(), from + limit);
    return new ContactPage(own.subList(from, to), to < own.size() ? (long) to : null);
  }

  private void put(Optional<Contact> known, Contact now) {
    known.ifPresentOrElse(before -> all.set(all.indexOf(before), now), () -> all.add(now));
  }

  private static boolean shareAName(Peer one, Peer other) {
    return (one.phoneNumber() != null && Objects.equals(one.phoneNumber(), other.phoneNumber()))
        || (one.lid() != null && Objects.equals(one.lid(), other.lid()));
  }
}
