package dev.switchboard.pacing;

import dev.switchboard.model.pacing.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an account sent in the last 24 hours, as far as pacing asks: every attempt that the network
 * saw, by the millisecond. A value; versions must be made by one thread at a time, one from the
 * other, and any thread may read any of them.
 *
 * <p>It does not depend on the policy, so that a policy may change at any time and holds at once.
 * It keeps as many times as the highest budget asks for: 40 KB at 10,000 a day, 5 KB at 1,000, and
 * nothing for an account that sends nothing.
 */
public final class PacingHistory {
  /** Nothing was sent yet. */
  public static final PacingHistory EMPTY =
      new PacingHistory(Series.EMPTY, Series.EMPTY, 0, Series.NEVER);

  /** Clocks are read by several threads: that much ahead is no fault of a clock. */
  private static final long CLOCK_TOLERANCE = Duration.ofMinutes(1).toMillis();

  private final Series sends;
  private final Series contacts;
  private final long draw;
  private final long linkedSince;

  PacingHistory(Series sends, Series contacts, long draw, long linkedSince) {
    this.sends = sends;
    this.contacts = contacts;
    this.draw = draw;
    this.linkedSince = linkedSince;
  }

  /**
   * With one more attempt, from which the next gap counts; the gap is drawn here, once.
   *
   * @param at not before the attempts so far
   * @param recipient NEW when this is the first attempt ever for a recipient
   */
  public PacingHistory attempted(Instant at, Familiarity recipient, RandomGenerator random) {
    return attempted(at, recipient, random.nextLong());
  }

  PacingHistory attempted(Instant at, Familiarity recipient, long drawn) {
    long time = ceilingMillis(at);
    boolean contact = recipient == Familiarity.NEW;
    return new PacingHistory(
        sends.plus(time), contact ? contacts.plus(time) : contacts, drawn, linkedSince);
  }

  /** With the account linked at that time; its age counts from there. */
  public PacingHistory linked(Instant at) {
    return new PacingHistory(sends, contacts, draw, at.toEpochMilli());
  }

  /**
   * The same in the light of that time: without what no limit asks for any more, and, where the
   * clock was put back, without times that have not come yet (they become that time). Costs nothing
   * when there is nothing to do; to be called now and then, and when an account falls idle.
   */
  public PacingHistory asOf(Instant now) {
    long time = now.toEpochMilli();
    boolean ahead = sends.last() > time + CLOCK_TOLERANCE;
    Series settledSends = ahead ? sends.cappedAt(time) : sends.trimmed(time);
    Series settledContacts = ahead ? contacts.cappedAt(time) : contacts.trimmed(time);
    return settledSends == sends && settledContacts == contacts
        ? this
        : new PacingHistory(settledSends, settledContacts, draw, linkedSince);
  }

  /** When the account was linked, where that is known. */
  public Optional<Instant> linkedSince() {
    return linkedSince == Series.NEVER
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(linkedSince));
  }

  /** When something was last sent; empty when that is so long ago that no limit asks for it. */
  public Optional<Instant> lastAttempt() {
    return sends.size() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(sends.last()));
  }

  /** How many attempts there were in that time before now, at most 24 hours. */
  public int attemptsWithin(Duration time, Instant now) {
    return sends.countAfter(now.toEpochMilli() - time.toMillis());
  }

  /** How many recipients were written to for the first time in that time before now. */
  public int newRecipientsWithin(Duration time, Instant now) {
    return contacts.countAfter(now.toEpochMilli() - time.toMillis());
  }

  /** As bytes, to be kept over a restart: a few bytes for each attempt of the last 24 hours. */
  public byte[] encode() {
    return HistoryBytes.encode(this);
  }

  /**
   * What {@link #encode} made; no bytes stand for nothing sent.
   *
   * @throws IllegalArgumentException when they are no such bytes, or of a version that is not known
   */
  public static PacingHistory decode(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : HistoryBytes.decode(bytes);
  }

  /** The same, to be gone on with by another thread. */
  PacingHistory forked() {
    return new PacingHistory(sends.forked(), contacts.forked(), draw, linkedSince);
  }

  /** When the gap after the last attempt ends, in milliseconds. */
  long gapEnd(Gap gap) {
    return sends.last() + gapMillis(gap);
  }

  /** How long the gap after the last attempt is, in milliseconds. */
  long gapMillis(Gap gap) {
    return gap.millis(draw);
  }

  Series sends() {
    return sends;
  }

  Series contacts() {
    return contacts;
  }

  long draw() {
    return draw;
  }

  /** In milliseconds, or NEVER. */
  long linkedMillis() {
    return linkedSince;
  }

  private static long ceilingMillis(Instant at) {
    long millis = at.toEpochMilli();
    return Instant.ofEpochMilli(millis).equals(at) ? millis : millis + 1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PacingHistory history
        && draw == history.draw
        && linkedSince == history.linkedSince
        && sends.sameAs(history.sends)
        && contacts.sameAs(history.contacts);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(draw) * 31 + Long.hashCode(sends.last());
  }

  @Override
  public String toString() {
    return "PacingHistory[" + sends.size() + " attempts]";
  }
}
