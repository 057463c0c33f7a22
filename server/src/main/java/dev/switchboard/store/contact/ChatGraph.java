package dev.switchboard.store.contact;

import dev.switchboard.contact.ContactEvent;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.store.encryption.Encryption;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Which names are one person, for one transaction that changes it. The newest word counts: a number
 * moves to the LID it is given with, and a LID has one number. A LID never moves: it is what
 * WhatsApp holds an account by, while numbers are given to new people.
 */
final class ChatGraph {
  private final DSLContext dsl;
  private final AccountKey account;
  private final ChatTable table;
  private final ChatAliases aliases;
  private final List<ContactEvent> events = new ArrayList<>();

  /** Takes the account's people for this transaction: one at a time changes them. */
  ChatGraph(DSLContext dsl, AccountKey account, Encryption encryption) {
    this.dsl = dsl;
    this.account = account;
    this.table = new ChatTable(encryption);
    this.aliases = new ChatAliases(encryption);
    PeopleLock.own(dsl, account);
  }

  /** What became known so far, in order. */
  List<ContactEvent> events() {
    return events;
  }

  /** The same, to be recorded. */
  List<Occurrence> occurrences() {
    return occurrences(false);
  }

  List<Occurrence> occurrences(boolean historical) {
    return events.stream()
        .map(event -> new Occurrence(account, at(event), historical, payload(event)))
        .toList();
  }

  private static @Nullable Instant at(ContactEvent event) {
    return event instanceof ContactEvent.IdentityChanged(var contact)
        ? contact.identityChangedAt()
        : null;
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

  /**
   * As {@link #link} for each of these people. Those of whom nothing is known go in together, in
   * three statements: an account that is linked is told of thousands at once.
   */
  void linkAll(List<Peer> people) {
    var keys = new LinkedHashMap<Peer, List<byte[]>>();
    people.forEach(peer -> keys.put(peer, aliases.of(account, peer)));
    var all = keys.values().stream().flatMap(List::stream).map(ByteBuffer::wrap).toList();
    var known = table.findAll(dsl, account, all.stream().map(ByteBuffer::array).toList());
    var seen = new HashSet<ByteBuffer>();
    var twice = all.stream().filter(key -> !seen.add(key)).collect(Collectors.toSet());
    var strangers = new LinkedHashMap<Contact, List<byte[]>>();
    for (var peer : people) {
      var names = Objects.requireNonNull(keys.get(peer));
      if (names.stream()
          .map(ByteBuffer::wrap)
          .noneMatch(name -> known.containsKey(name) || twice.contains(name))) {
        strangers.put(Contact.of(account, peer), names);
      } else {
        link(peer);
      }
    }
    if (!strangers.isEmpty()) {
      table.insertAll(dsl, account, strangers);
      strangers.keySet().forEach(made -> events.add(new ContactEvent.Updated(made)));
    }
  }

  /** The one row of this person, made or completed if need be. */
  ChatRow link(Peer peer) {
    @Nullable PhoneNumber number = peer.phoneNumber();
    @Nullable Lid lid = peer.lid();
    @Nullable ChatRow byNumber = number == null ? null : find(aliases.of(account, number));
    @Nullable ChatRow byLid = lid == null ? null : find(aliases.of(account, lid));
    if (number == null || lid == null) {
      @Nullable ChatRow known = number == null ? byLid : byNumber;
      return known == null ? make(peer) : known;
    }
    if (byNumber != null && byLid != null && byNumber.id().equals(byLid.id())) {
      return byLid.peer().equals(peer) ? byLid : renamed(byLid, peer);
    }
    return joined(peer, byNumber == null ? null : givingUp(byNumber, lid), byLid);
  }

  /** Stores what became known of a person that was found. */
  ChatRow update(ChatRow row, Contact known, ContactEvent event) {
    var changed = row.with(known);
    table.update(dsl, changed);
    events.add(event);
    return changed;
  }

  private ChatRow joined(Peer peer, @Nullable ChatRow byNumber, @Nullable ChatRow byLid) {
    if (byNumber == null && byLid == null) {
      return make(peer);
    }
    if (byNumber == null || byLid == null) {
      var known = byNumber == null ? Objects.requireNonNull(byLid) : byNumber;
      return renamed(known, peer);
    }
    return merged(peer, byNumber, byLid);
  }

  /** The number's row, or null when the number belonged to another LID, which lives on without. */
  private @Nullable ChatRow givingUp(ChatRow byNumber, Lid lid) {
    @Nullable Lid other = byNumber.peer().lid();
    if (other == null || other.equals(lid)) {
      return byNumber;
    }
    var without = byNumber.contact().withPeer(Peer.of(other));
    update(byNumber, without, new ContactEvent.Updated(without));
    return null;
  }

  private ChatRow make(Peer peer) {
    var row = table.insert(dsl, Contact.of(account, peer));
    name(row);
    events.add(new ContactEvent.Updated(row.contact()));
    return row;
  }

  /** Gives a person both names: one more, or another number than before. */
  private ChatRow renamed(ChatRow row, Peer peer) {
    var former = row.peer();
    var known = row.contact().withPeer(peer);
    dropNumber(former, peer);
    var gained = former.phoneNumber() == null || former.lid() == null;
    var renamed =
        update(
            row,
            known,
            gained
                ? new ContactEvent.Merged(known, List.of(former))
                : new ContactEvent.Updated(known));
    name(renamed);
    return renamed;
  }

  private ChatRow merged(Peer peer, ChatRow byNumber, ChatRow byLid) {
    dropNumber(byLid.peer(), peer);
    var known =
        new Contact(
            account,
            peer,
            byNumber.contact().names().orElse(byLid.contact().names()),
            later(byNumber.contact().identityChangedAt(), byLid.contact().identityChangedAt()));
    var numberFirst = byNumber.before(byLid);
    var kept = numberFirst ? byNumber : byLid;
    var gone = numberFirst ? byLid : byNumber;
    new ChatMerge(dsl, account).merge(gone.id(), kept.id());
    return update(
        kept, known, new ContactEvent.Merged(known, List.of(byNumber.peer(), byLid.peer())));
  }

  /** The number of before is nobody's until it is told with another LID. */
  private void dropNumber(Peer former, Peer now) {
    @Nullable PhoneNumber number = former.phoneNumber();
    if (number != null && !number.equals(now.phoneNumber())) {
      table.removeAlias(dsl, account, aliases.of(account, number));
    }
  }

  private void name(ChatRow row) {
    for (var alias : aliases.of(account, row.peer())) {
      table.putAlias(dsl, account, alias, row.id());
    }
  }

  private @Nullable ChatRow find(byte[] alias) {
    return table.find(dsl, account, alias).orElse(null);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
