package dev.switchboard.outbox.plan;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.SendPlan;
import dev.switchboard.pacing.AnyPolicy;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.pacing.Waiting;
import dev.switchboard.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is planned of a queue is what a sender does with it. */
@Timeout(60)
class PlanOfAQueueTest {
  private static final int CASES = Integer.getInteger("switchboard.plan.cases", 500);
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant PAST = NOW.minus(Duration.ofHours(20));
  private static final int PEOPLE = 12;

  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final List<Familiarity> FAMILIARITIES = List.of(Familiarity.values());

  /** What messages of a case may be. */
  private record Kind(boolean urgencies, boolean strangers, boolean typed, boolean times) {}

  private record Case(SendPlan plan, Optional<Instant> real) {
    boolean exact() {
      return Optional.ofNullable(plan.time()).equals(real);
    }

    boolean within() {
      Instant earliest = plan.earliest();
      Instant latest = plan.latest();
      if (earliest == null || latest == null) {
        return real.isEmpty();
      }
      return real.filter(at -> !at.isBefore(earliest) && !at.isAfter(latest)).isPresent();
    }
  }

  @Test
  void withoutJitterItIsTheSameToTheMillisecond() throws Exception {
    for (int seed = 0; seed < CASES; seed++) {
      for (boolean times : List.of(false, true)) {
        requireExact(seed, new Kind(true, false, true, times));
        requireExact(seed, new Kind(false, true, false, times));
      }
    }
  }

  @Test
  void withJitterItDiffersByTheJitterAtMost() throws Exception {
    for (int seed = 0; seed < CASES; seed++) {
      Case one = run(seed, new Kind(false, false, false, false), true);
      assertThat(one.within()).as("seed %s: %s", seed, one).isTrue();
    }
  }

  /**
   * A sender asks those that are held one by one, each at another time, and where a gap is longer
   * another one may be sooner.
   */
  @Test
  void whereStrangersAreHeldItIsHardlyEverAnother() throws Exception {
    int others = 0;
    for (int seed = 0; seed < CASES; seed++) {
      others += run(seed, new Kind(true, true, true, true), false).exact() ? 0 : 1;
      others += run(seed, new Kind(false, true, false, false), true).within() ? 0 : 1;
    }
    assertThat(others).isLessThan(CASES / 100);
  }

  private static void requireExact(int seed, Kind kind) throws Exception {
    Case one = run(seed, kind, false);
    assertThat(one.exact()).as("seed %s, %s: %s", seed, kind, one).isTrue();
  }

  private static Case run(int seed, Kind kind, boolean jitter) throws Exception {
    var random = new SplittableRandom(seed);
    PacingPolicy policy = policy(random, jitter);
    PaperSender sender = new PaperSender(policy, kind.strangers ? lock(random) : null, NOW, random);
    fill(sender, kind, random);
    Peer to = person(random);
    SendOptions options = options(kind, random, false);
    SendPlan plan =
        new Forecast(
                new Forecast.Situation(
                    policy, sender.lock(ACCOUNT), sender.queue().pacing(NOW), true),
                new Recipients(sender.queue(), to, sender.journal, sender),
                Waiting.last(
                    options.priority(), options.notBefore(), null, options.toBeTyped(text(20))),
                NOW)
            .plan();
    return new Case(plan, sender.gone(sender.accept(to, text(20), options)));
  }

  private static PacingPolicy policy(SplittableRandom random, boolean jitter) {
    PacingPolicy any = new AnyPolicy(random).next();
    Duration gap = Duration.ofMillis(random.nextInt(2) == 0 ? 0 : random.nextInt(8_000));
    return new PacingPolicy(
        jitter ? any.gap() : new Gap(gap, gap, Duration.ZERO),
        any.budgets(),
        any.newRecipients(),
        any.quietHours(),
        any.typing());
  }

  private static void fill(PaperSender sender, Kind kind, SplittableRandom random)
      throws Exception {
    sender.apply(
        new JournalEntry.Linked(ACCOUNT, NOW.minus(Duration.ofHours(random.nextInt(400) + 20))));
    for (int i = 0; i < PEOPLE; i++) {
      sender.familiar(peer(i), kind.strangers ? familiarity(random) : Familiarity.KNOWN);
    }
    Instant at = PAST;
    for (int i = random.nextInt(60); i > 0; i--) {
      at = at.plusMillis(random.nextInt(20 * 60_000));
      if (at.isBefore(NOW)) {
        sender.attempted("past " + i, random.nextInt(4) == 0, at);
      }
    }
    for (int i = random.nextInt(80); i > 0; i--) {
      var _ =
          sender.accept(person(random), text(1 + random.nextInt(100)), options(kind, random, true));
    }
  }

  private static SendOptions options(Kind kind, SplittableRandom random, boolean expiring) {
    int within = random.nextInt(4) == 0 ? 90_000_000 : 90_000;
    Instant notBefore =
        kind.times && random.nextInt(4) == 0 ? NOW.plusMillis(random.nextInt(within)) : null;
    Instant expiresAt =
        kind.times && expiring && random.nextInt(4) == 0
            ? (notBefore == null ? NOW : notBefore).plusMillis(1 + random.nextInt(600_000))
            : null;
    return new SendOptions(
        kind.urgencies ? PRIORITIES.get(random.nextInt(3)) : Priority.NORMAL,
        notBefore,
        expiresAt,
        kind.typed && random.nextInt(3) == 0,
        null);
  }

  private static Familiarity familiarity(SplittableRandom random) {
    return FAMILIARITIES.get(random.nextInt(3));
  }

  private static @Nullable ReachoutLock lock(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> new ReachoutLock(NOW, null);
      case 1 -> new ReachoutLock(NOW, NOW.plusMillis(random.nextInt(90_000_000)));
      default -> null;
    };
  }

  private static MessageContent text(int characters) {
    return MessageContent.Text.outbound("x".repeat(characters));
  }

  private static Peer person(SplittableRandom random) {
    return peer(random.nextInt(PEOPLE));
  }

  private static Peer peer(int number) {
    return Samples.peer("1555100" + (1_000 + number));
  }
}
