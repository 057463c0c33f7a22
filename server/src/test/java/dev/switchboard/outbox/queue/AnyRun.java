package dev.switchboard.outbox.queue;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.Receipt;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.journal.Positioned;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One account's queue through anything that may happen to it, each step checked against a plain
 * model. The one that follows the journal lags behind by a few entries.
 */
final class AnyRun {
  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Failure OUT = new Failure(FailureCause.LOGGED_OUT, "");
  private static final int PEOPLE = 5;

  private final RandomGenerator random;
  private final PlainQueue model = new PlainQueue();
  private final TreeMap<Long, JournalEntry> journal = new TreeMap<>();
  private final Deque<Positioned> unapplied = new ArrayDeque<>();
  private final Map<MessageId, OpenMessage> flights = new TreeMap<>(PlainQueue.BY_ID);
  private Ledger ledger;
  private AccountQueue queue;
  private SleepingSender sender;
  private Instant now = START;
  private long end = 1;
  private long released;
  private int names;
  private int taken;
  private int restarts;
  private int carried;
  private int slept;

  AnyRun(RandomGenerator random) {
    this.random = random;
    this.ledger = new Ledger(random);
    this.queue = ledger.of(ACCOUNT);
    this.sender = new SleepingSender(queue);
  }

  int taken() {
    return taken;
  }

  int restarts() {
    return restarts;
  }

  int carried() {
    return carried;
  }

  /** How often the sender was right to sleep on. */
  int slept() {
    return slept + sender.slept();
  }

  void run(int steps) throws InterruptedException {
    for (int i = 0; i < steps; i++) {
      step();
      follow(random.nextInt(3));
      if (random.nextInt(3) > 0) {
        sender.check(now.toEpochMilli());
      }
    }
    finish();
  }

  private void step() throws InterruptedException {
    switch (random.nextInt(26)) {
      case 0, 1, 2, 3, 4 -> accept();
      case 5, 6, 7, 8 -> take();
      case 9, 10, 11 -> attempt();
      case 12, 13, 14 -> settle();
      case 15 -> receipt();
      case 16 -> cancel();
      case 17 -> reschedule();
      case 18 -> now = now.plusMillis(random.nextInt(4_000));
      case 19 -> append(random.nextBoolean() ? paused() : new JournalEntry.Resumed(ACCOUNT, now));
      case 20 -> learn();
      case 21 -> hold();
      case 22 -> carry();
      case 23 -> compareReplays();
      case 24 -> {
        if (random.nextInt(4) == 0) {
          restart();
        }
      }
      default -> {
        if (random.nextInt(12) == 0) {
          relink();
        }
      }
    }
  }

  private JournalEntry.Paused paused() {
    return new JournalEntry.Paused(ACCOUNT, now);
  }

  private Peer name(int person) {
    return switch (random.nextInt(5)) {
      case 0 -> whole(person);
      case 1, 2 -> Peer.of(whole(person).knownLid().orElseThrow());
      default -> Peer.of(whole(person).knownPhoneNumber().orElseThrow());
    };
  }

  private static Peer whole(int person) {
    return new Peer(new PhoneNumber("1555000" + (1000 + person)), new Lid("9" + (1000 + person)));
  }

  private void accept() {
    MessageId id =
        new MessageId(
            random.nextInt(9) == 0
                ? "other id " + ++names
                : "3EB0%018X".formatted(0x1000L + ++names));
    Priority priority = PRIORITIES.get(random.nextInt(PRIORITIES.size()));
    Instant notBefore = random.nextInt(6) == 0 ? now.plusMillis(random.nextInt(8_000)) : null;
    append(
        new Accepted(
            ACCOUNT,
            id,
            name(random.nextInt(PEOPLE)),
            MessageContent.Text.outbound("text"),
            now,
            new SendOptions(priority, notBefore, null, false, null),
            null,
            0));
  }

  private long append(JournalEntry entry) {
    long position = end;
    end += 1 + random.nextInt(3);
    journal.put(position, entry);
    unapplied.add(new Positioned(position, entry));
    return position;
  }

  private void follow(int most) {
    for (int i = 0; i < most && !unapplied.isEmpty(); i++) {
      Positioned next = unapplied.remove();
      ledger.apply(next, false);
      model.apply(next.position(), next.entry(), false);
      flights.keySet().removeIf(id -> model.find(id).isEmpty());
      assertSame(queue);
    }
  }

  private void followAll() {
    follow(Integer.MAX_VALUE);
  }

  private void take() {
    long millis = now.toEpochMilli();
    switch (queue.next(millis)) {
      case AccountQueue.Next.Nothing(long until, long _) -> model.checkNothing(millis, until);
      case AccountQueue.Next.Message(OpenMessage message, long _, long _) -> {
        assertThat(queue.take(message, millis)).isTrue();
        model.take(message.id(), millis);
        flights.put(message.id(), message);
        taken++;
      }
    }
  }

  private void attempt() {
    any(flights.keySet().stream().filter(id -> !settling(id)).toList())
        .filter(id -> !model.message(id).written)
        .ifPresent(id -> {
          int attempt = model.message(id).attempts + 1;
          var entry = new JournalEntry.Attempted(ACCOUNT, id, attempt, false, now, List.of());
          append(entry);
          queue.attempted(entry);
          model.message(id).written = true;
          model.message(id).attempts = attempt;
        });
  }

  private void settle() {
    any(flights.keySet().stream().filter(id -> !settling(id)).toList()).ifPresent(this::settle);
  }

  private void settle(MessageId id) {
    boolean written = model.message(id).written;
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        if (written) {
          append(new JournalEntry.Sent(ACCOUNT, id, model.message(id).to, now));
        }
      }
      case 2 -> append(new JournalEntry.Failed(ACCOUNT, id, OUT, now));
      default -> {
        boolean failed = random.nextBoolean();
        long until = failed ? now.toEpochMilli() + random.nextInt(3_000) : 0;
        queue.rest(Objects.requireNonNull(flights.remove(id)), until, failed);
        model.rest(id, until);
      }
    }
  }

  /** Whether its outcome is in the journal and not applied yet. */
  private boolean settling(MessageId id) {
    return unapplied.stream()
        .map(Positioned::entry)
        .anyMatch(entry ->
            (entry instanceof JournalEntry.Sent sent && sent.id().equals(id))
                || (entry instanceof JournalEntry.Failed failed && failed.id().equals(id)));
  }

  private void receipt() throws InterruptedException {
    List<MessageId> about = new ArrayList<>();
    any(model.ids(it -> !it.claimed && it.attempts > 0)).ifPresent(about::add);
    any(model.ids(it -> !it.claimed && it.attempts > 0)).ifPresent(about::add);
    if (!about.isEmpty()) {
      about.add(new MessageId("of long ago"));
      Carriage.claimWritten(queue, about)
          .forEach(message -> model.message(message.id()).claimed = true);
      Peer chat = model.message(about.getFirst()).to;
      append(
          new JournalEntry.Progressed(
              ACCOUNT, new Receipt(chat, about, MessageStatus.DELIVERED, now)));
    }
  }

  private Optional<OpenMessage> claimUnwritten() throws InterruptedException {
    Optional<MessageId> id = any(model.ids(it -> !it.claimed && !it.away && it.attempts == 0));
    if (id.isEmpty()) {
      return Optional.empty();
    }
    OpenMessage message = queue.claim(id.get(), open -> open.attempts() == 0 && !queue.away(open));
    assertThat(message).isNotNull();
    model.message(id.get()).claimed = true;
    if (random.nextInt(5) == 0) {
      queue.release(message);
      model.message(id.get()).claimed = false;
      return Optional.empty();
    }
    return Optional.of(message);
  }

  private void cancel() throws InterruptedException {
    claimUnwritten().ifPresent(it -> append(new JournalEntry.Cancelled(ACCOUNT, it.id(), now)));
  }

  private void reschedule() throws InterruptedException {
    Instant time = random.nextBoolean() ? null : now.plusMillis(random.nextInt(6_000));
    claimUnwritten()
        .ifPresent(it -> append(new JournalEntry.Rescheduled(ACCOUNT, it.id(), time, now)));
  }

  private void learn() {
    Peer person = whole(random.nextInt(PEOPLE));
    queue.learn(person);
    model.learn(person);
  }

  private void hold() {
    if (random.nextInt(3) == 0) {
      queue.letGo();
      model.letGo();
    } else if (queue.next(now.toEpochMilli())
        instanceof AccountQueue.Next.Message(OpenMessage message, long _, long _)) {
      long until = random.nextBoolean() ? Long.MAX_VALUE : now.toEpochMilli() + 2_000;
      queue.hold(message, until);
      model.hold(message.id(), until);
    }
  }

  /** As a carrier does it; its entries may be applied later, and messages fly meanwhile. */
  private void carry() {
    long cutoff = released + (long) ((end - released) * random.nextDouble());
    if (!unapplied.isEmpty() && unapplied.peek().position() < cutoff) {
      return;
    }
    List<OpenMessage> old = Carriage.old(queue, cutoff);
    List<OpenMessage> some = old.subList(0, random.nextInt(old.size() + 1));
    for (Carriage.Load load : Carriage.claim(queue, some, cutoff)) {
      model.message(load.id()).claimed = true;
      Accepted accepted = accepted(journal.get(load.position()));
      Accepted again =
          new Accepted(
              ACCOUNT,
              load.id(),
              accepted.to(),
              accepted.content(),
              accepted.at(),
              accepted.options().withNotBefore(load.message().notBefore()),
              null,
              0);
      append(new JournalEntry.Carried(again, load.attempts(), load.order()));
      carried++;
    }
    if (random.nextInt(3) > 0) {
      followAll();
      attempt();
      append(Carriage.account(queue, now));
      follow(random.nextInt(3));
      release(Math.min(cutoff, Carriage.oldest(queue)));
    }
  }

  private void release(long before) {
    released = before;
    journal.headMap(before).clear();
  }

  private static Accepted accepted(@Nullable JournalEntry entry) {
    return entry instanceof JournalEntry.Carried again
        ? again.accepted()
        : (Accepted) Objects.requireNonNull(entry);
  }

  private void relink() {
    settleAll();
    append(new JournalEntry.Unlinked(ACCOUNT, OUT, now));
    accept();
    followAll();
    assertThat(size(queue)).isZero();
    append(new JournalEntry.Linked(ACCOUNT, now));
  }

  private void settleAll() {
    followAll();
    List.copyOf(flights.keySet())
        .forEach(id -> {
          queue.rest(Objects.requireNonNull(flights.remove(id)), 0, false);
          model.rest(id, 0);
        });
  }

  /** What is replayed now is what is known now. */
  private void compareReplays() {
    followAll();
    AccountQueue again = replay().of(ACCOUNT);
    assertSame(again);
    assertThat(again.unlinked()).isEqualTo(queue.unlinked());
    Duration day = Duration.ofDays(1);
    assertThat(again.pacing(now).attemptsWithin(day, now))
        .isEqualTo(queue.pacing(now).attemptsWithin(day, now));
  }

  private Ledger replay() {
    Ledger after = new Ledger(random);
    journal.forEach((position, entry) -> after.apply(new Positioned(position, entry), true));
    return after;
  }

  /** The process ends here, with what was durable and not applied. */
  private void restart() {
    ledger = replay();
    queue = ledger.of(ACCOUNT);
    slept = slept();
    sender = new SleepingSender(queue);
    unapplied.forEach(it -> model.apply(it.position(), it.entry(), true));
    unapplied.clear();
    flights.clear();
    PlainQueue replayed = new PlainQueue();
    journal.forEach((position, entry) -> replayed.apply(position, entry, true));
    model.restarted(replayed);
    restarts++;
    assertSame(queue);
  }

  private void assertSame(AccountQueue other) {
    assertThat(other.paused()).isEqualTo(model.paused());
    assertThat(size(other)).isEqualTo(model.size());
    other.inside(state -> {
      state.messages().forEach(model::checkSame);
      return true;
    });
  }

  /** Everything that is left goes, and nothing else. */
  private void finish() {
    settleAll();
    append(new JournalEntry.Resumed(ACCOUNT, now));
    followAll();
    queue.letGo();
    model.letGo();
    now = now.plus(Duration.ofHours(1));
    while (size(queue) > 0) {
      int before = size(queue);
      take();
      List.copyOf(flights.keySet())
          .forEach(id -> append(new JournalEntry.Sent(ACCOUNT, id, model.message(id).to, now)));
      followAll();
      assertThat(size(queue)).as("open").isLessThan(before);
    }
    assertThat(model.size()).isZero();
    assertThat(model.finished()).isEqualTo(names);
    compareReplays();
  }

  private <T> Optional<T> any(List<T> of) {
    return of.isEmpty() ? Optional.empty() : Optional.of(of.get(random.nextInt(of.size())));
  }

  private static int size(AccountQueue queue) {
    return queue.inside(state -> state.messages().size());
  }
}
