package dev.switchboard.outbox.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an account's queue promises, said as plainly as can be, however slow. */
final class PlainQueue {
  static final Comparator<MessageId> BY_ID = Comparator.comparing(MessageId::value);

  /** A person, by all names that are known while something waits for them. */
  static final class Person {
    private final Set<String> names = new HashSet<>();
    private long restsUntil;
    private long heldUntil;

    /** A name was learnt since: whether it is held may be asked anew. */
    private boolean unsure;
  }

  static final class Plain {
    final MessageId id;
    final Peer to;
    final Priority priority;
    final long order;
    long position;
    long notBefore;
    int attempts;
    boolean away;
    boolean written;
    boolean claimed;
    Person person;

    Plain(Accepted accepted, long position, long order, Person person) {
      this.id = accepted.id();
      this.to = accepted.to();
      this.priority = accepted.options().priority();
      this.order = order;
      this.position = position;
      this.notBefore = millis(accepted.options().notBefore());
      this.person = person;
    }

    private boolean due(long now) {
      return !away && notBefore <= now;
    }
  }

  private final Map<MessageId, Plain> open = new LinkedHashMap<>();
  private final Set<MessageId> finished = new HashSet<>();
  private List<Person> people = new ArrayList<>();
  private boolean paused;
  private boolean unlinked;

  boolean paused() {
    return paused;
  }

  int size() {
    return open.size();
  }

  int finished() {
    return finished.size();
  }

  Optional<Plain> find(MessageId id) {
    return Optional.ofNullable(open.get(id));
  }

  Plain message(MessageId id) {
    return find(id).orElseThrow();
  }

  List<MessageId> ids(Predicate<Plain> which) {
    return open.values().stream().filter(which).map(it -> it.id).toList();
  }

  void apply(long position, JournalEntry entry, boolean replay) {
    switch (entry) {
      case Accepted it -> accept(it, position, position);
      case JournalEntry.Carried it -> carried(it, position, replay);
      case JournalEntry.Attempted it ->
          find(it.id()).ifPresent(known -> known.attempts = Math.max(known.attempts, it.attempt()));
      case JournalEntry.Rescheduled it ->
          find(it.id())
              .ifPresent(known -> {
                known.notBefore = millis(it.notBefore());
                known.claimed = false;
              });
      case JournalEntry.Sent it -> {
        learn(it.to());
        finish(it.id());
      }
      case JournalEntry.Failed it -> finish(it.id());
      case JournalEntry.Cancelled it -> finish(it.id());
      case JournalEntry.Progressed it ->
          it.receipt().ids().stream()
              .filter(id -> find(id).filter(known -> known.attempts > 0).isPresent())
              .toList()
              .forEach(this::finish);
      case JournalEntry.Paused _ -> paused = true;
      case JournalEntry.Resumed _ -> paused = false;
      case JournalEntry.Unlinked _ -> {
        unlinked = true;
        List.copyOf(open.keySet()).forEach(this::finish);
      }
      case JournalEntry.Linked _ -> unlinked = false;
      case JournalEntry.Forgotten _, JournalEntry.AccountCarried _ -> {}
    }
  }

  private void carried(JournalEntry.Carried it, long position, boolean replay) {
    Plain known = open.get(it.accepted().id());
    if (known != null) {
      known.position = position;
      known.claimed = false;
    } else if (replay) {
      accept(it.accepted(), position, it.order());
    }
  }

  private void accept(Accepted it, long position, long order) {
    if (unlinked) {
      finished.add(it.id());
      return;
    }
    assertThat(open).doesNotContainKey(it.id());
    Plain added = new Plain(it, position, order, person(it.to()));
    open.put(it.id(), added);
  }

  private void finish(MessageId id) {
    Plain known = open.remove(id);
    if (known == null) {
      return;
    }
    assertThat(finished.add(id)).as("finished once").isTrue();
    if (open.values().stream().noneMatch(it -> it.person == known.person)) {
      people.remove(known.person);
    }
  }

  /** Says nothing of somebody for whom nothing waits. */
  void learn(Peer peer) {
    if (people.stream().anyMatch(it -> it.names.stream().anyMatch(names(peer)::contains))) {
      person(peer);
    }
  }

  private static Set<String> names(Peer peer) {
    Set<String> names = new HashSet<>();
    peer.knownPhoneNumber().ifPresent(number -> names.add("+" + number.digits()));
    peer.knownLid().ifPresent(lid -> names.add("lid " + lid.digits()));
    return names;
  }

  private Person person(Peer peer) {
    Set<String> names = names(peer);
    List<Person> same =
        people.stream().filter(it -> it.names.stream().anyMatch(names::contains)).toList();
    Person one = same.isEmpty() ? new Person() : same.getFirst();
    one.unsure |= one.names.addAll(names);
    for (Person other : same) {
      if (other != one) {
        merge(one, other);
      }
    }
    people.remove(one);
    people.add(one);
    return one;
  }

  private void merge(Person one, Person other) {
    one.names.addAll(other.names);
    one.restsUntil = Math.max(one.restsUntil, other.restsUntil);
    one.heldUntil = Math.max(one.heldUntil, other.heldUntil);
    open.values().stream().filter(it -> it.person == other).forEach(it -> it.person = one);
    people.remove(other);
  }

  private List<Plain> of(Person person) {
    return open.values().stream().filter(it -> it.person == person).toList();
  }

  private boolean blocked(Person person, long now) {
    return person.restsUntil > now
        || person.heldUntil > now
        || of(person).stream().anyMatch(it -> it.away);
  }

  /** The message leaves: it is its turn. */
  void take(MessageId id, long now) {
    Plain message = message(id);
    assertThat(paused || unlinked).as("stopped").isFalse();
    assertThat(message.claimed).as("claimed").isFalse();
    assertThat(message.due(now)).as("due, and not on its way").isTrue();
    assertThat(of(message.person)).as("one of a chat").noneMatch(it -> it.away);
    assertThat(message.person.unsure || message.person.heldUntil <= now).as("free").isTrue();
    of(message.person).stream()
        .filter(it -> it.priority == message.priority && it.due(now))
        .forEach(it -> assertThat(message.order).isLessThanOrEqualTo(it.order));
    message.away = true;
    message.written = false;
  }

  /** Nothing may go, or somebody is about to change what would. */
  void checkNothing(long now, long until) {
    if (paused || unlinked) {
      return;
    }
    for (Plain message : open.values()) {
      if (!blocked(message.person, now) && message.due(now)) {
        assertThat(of(message.person).stream().anyMatch(it -> it.claimed))
            .as("%s may go", message.id)
            .isTrue();
      }
      if (!message.away && message.notBefore > now) {
        assertThat(until).as("looks again in time").isLessThanOrEqualTo(message.notBefore);
      }
      Person person = message.person;
      if (!message.away && person.restsUntil > now && person.heldUntil <= now) {
        assertThat(until).as("looks again in time").isLessThanOrEqualTo(person.restsUntil);
      }
    }
  }

  void rest(MessageId id, long until) {
    Plain message = message(id);
    message.away = false;
    message.person.restsUntil = until;
  }

  void hold(MessageId id, long until) {
    message(id).person.heldUntil = until;
    message(id).person.unsure = false;
  }

  void letGo() {
    people.forEach(person -> person.heldUntil = 0);
  }

  /** What only the process knew is gone. */
  void restarted(PlainQueue replayed) {
    people = replayed.people;
    for (Plain message : open.values()) {
      message.away = false;
      message.claimed = false;
      message.person = replayed.message(message.id).person;
    }
  }

  /** Called for each message of a queue that is to hold the same. */
  void checkSame(OpenMessage other) {
    Plain known = find(other.id()).orElseThrow(() -> new AssertionError("back from the dead"));
    assertThat(other.order()).isEqualTo(known.order);
    assertThat(other.position()).isEqualTo(known.position);
    assertThat(other.attempts()).isEqualTo(known.attempts);
    assertThat(other.priority()).isEqualTo(known.priority);
    assertThat(other.notBeforeMillis()).isEqualTo(known.notBefore);
  }

  private static long millis(@Nullable Instant time) {
    return time == null ? 0 : time.toEpochMilli();
  }
}
