package dev.switchboard.whatsapp.health;

import dev.switchboard.model.instance.StateCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one connection. A ping is answered by its own answer only: other traffic does not
 * prove that requests work. And an answered ping does not prove that messages are taken: that only
 * acknowledgements do.
 *
 * <p>Belongs to the session's thread, but for what is looked at from outside.
 */
public final class Vitals {
  /** Answers that come later than so many pings are not recognised any more. */
  private static final int PINGS_KEPT = 8;

  private final HealthLimits limits;
  private final Heals heals;
  private final ArrayDeque<Ping> unanswered = new ArrayDeque<>(2);
  private @Nullable Instant unansweredSince;
  private Instant lastAsked = Instant.MIN;
  private Instant lastProof = Instant.MIN;
  private @Nullable Finding illness;
  private Instant illSince = Instant.MAX;
  private volatile @Nullable Instant lastAnswer;
  private volatile @Nullable Duration roundTrip;

  private record Ping(String id, Instant at) {}

  public Vitals(HealthLimits limits, Heals heals) {
    this.limits = limits;
    this.heals = heals;
  }

  /** A ping was written. */
  public void asked(String id, Instant now) {
    if (unanswered.size() == PINGS_KEPT) {
      unanswered.removeFirst();
    }
    unanswered.addLast(new Ping(id, now));
    lastAsked = now;
    if (unansweredSince == null) {
      unansweredSince = now;
    }
  }

  /** Takes an answer; false when it is not that of a ping. */
  public boolean answered(String id, Instant now) {
    Optional<Ping> ping = unanswered.stream().filter(asked -> asked.id.equals(id)).findFirst();
    ping.ifPresent(asked -> {
      unanswered.removeIf(earlier -> !earlier.at.isAfter(asked.at));
      unansweredSince = unanswered.isEmpty() ? null : unanswered.getFirst().at;
      lastProof = asked.at;
      lastAnswer = now;
      roundTrip = Duration.between(asked.at, now);
    });
    return ping.isPresent();
  }

  /**
   * Whether a ping out of turn would tell a mute server from a slow one.
   *
   * @param unacknowledgedSince since when messages were written and none was acknowledged; {@link
   *     Instant#MAX} when there are none
   */
  public boolean wantsProbe(Instant now, Instant unacknowledgedSince) {
    return !now.isBefore(probeAt(unacknowledgedSince));
  }

  /** Whether the evidence is gone; told once. */
  public boolean recovered(Instant now, Instant unacknowledgedSince) {
    if (illness == null || symptom(now, unacknowledgedSince).isPresent()) {
      return false;
    }
    illness = null;
    illSince = Instant.MAX;
    return true;
  }

  /** What was found and still holds. */
  public Optional<Finding> illness() {
    return Optional.ofNullable(illness);
  }

  /**
   * What is new. To be asked only when nothing waits to be read: what proves the contrary may be
   * there already.
   */
  public Optional<Finding> examine(Instant now, Instant unacknowledgedSince) {
    Optional<Finding> symptom = symptom(now, unacknowledgedSince);
    if (symptom.isEmpty()) {
      return Optional.empty();
    }
    Finding finding = symptom.get();
    if (illness == null) {
      illness = finding;
      illSince = now;
      return symptom;
    }
    boolean longEnough = !now.isBefore(illSince.plus(limits.healAfter()));
    return longEnough && heals.take(now)
        ? Optional.of(new Finding.Hopeless(finding.cause(), finding.detail()))
        : Optional.empty();
  }

  /** When something will be new, if nothing arrives. */
  public Instant due(Instant now, Instant unacknowledgedSince) {
    Instant next = illness == null ? illAt(unacknowledgedSince) : healAt(now);
    return earlier(next, probeAt(unacknowledgedSince));
  }

  /** When the last ping was answered, or null; may be asked by any thread. */
  public @Nullable Instant lastAnswer() {
    return lastAnswer;
  }

  /** How long the last answer took, or null; may be asked by any thread. */
  public @Nullable Duration roundTrip() {
    return roundTrip;
  }

  private Optional<Finding> symptom(Instant now, Instant unacknowledgedSince) {
    if (!now.isBefore(unansweredAt())) {
      return Optional.of(
          new Finding.Ill(StateCause.REQUESTS_UNANSWERED, "pings stay without an answer"));
    }
    if (!now.isBefore(muteAt(unacknowledgedSince))) {
      return Optional.of(
          new Finding.Ill(
              StateCause.MESSAGES_UNACKNOWLEDGED,
              "pings are answered, messages are not acknowledged"));
    }
    return Optional.empty();
  }

  private Instant illAt(Instant unacknowledgedSince) {
    return earlier(unansweredAt(), muteAt(unacknowledgedSince));
  }

  private Instant healAt(Instant now) {
    Instant hopeless = illSince.plus(limits.healAfter());
    Instant allowed = heals.nextAt(now);
    return hopeless.isAfter(allowed) ? hopeless : allowed;
  }

  private Instant unansweredAt() {
    return unansweredSince == null ? Instant.MAX : unansweredSince.plus(limits.answerLimit());
  }

  /** A server is mute only if it is known to have answered something since. */
  private Instant muteAt(Instant unacknowledgedSince) {
    return lastProof.isBefore(unacknowledgedSince)
        ? Instant.MAX
        : unacknowledgedSince.plus(limits.acknowledgementLimit());
  }

  private Instant probeAt(Instant unacknowledgedSince) {
    return unacknowledgedSince.equals(Instant.MAX) || !lastAsked.isBefore(unacknowledgedSince)
        ? Instant.MAX
        : unacknowledgedSince.plus(limits.acknowledgementLimit().dividedBy(2));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
