package dev.switchboard.webhook;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.event.EventKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An event on its way to a webhook, or what became of it.
 *
 * @param sequence of the event within its instance
 * @param failure why it was given up; none in any other state
 * @param attempts how many were made in all
 * @param dueAt when the next is made at the earliest; none when none is, or it is made in its turn
 * @param newestAttempts of those the newest, oldest first
 */
public record Delivery(
    WebhookKey webhook,
    Id id,
    String eventId,
    AccountKey account,
    EventKind kind,
    long sequence,
    DeliveryState state,
    Optional<Failure> failure,
    int attempts,
    Optional<Instant> dueAt,
    Instant updatedAt,
    List<Attempt> newestAttempts) {
  /** How many attempts are kept. */
  public static final int ATTEMPTS_KEPT = 10;

  public Delivery {
    newestAttempts = List.copyOf(newestAttempts);
    if (newestAttempts.size() > ATTEMPTS_KEPT
        || failure.isPresent() != (state == DeliveryState.FAILED)) {
      throw new IllegalArgumentException("not a delivery: " + state);
    }
  }

  /** Whether it was posted because its owner asked for it again. */
  public boolean replay() {
    return id.round() > 0;
  }

  /** Why a delivery was given up. */
  public enum Failure {
    /** The time for retries was over. */
    TIME_OVER,
    /** The log of events keeps the event no more. */
    EVENT_DROPPED,
    /** What the log of events has of it cannot be read: nothing that the receiver could mend. */
    EVENT_UNREADABLE
  }

  /**
   * Names a delivery within its webhook.
   *
   * @param position of the event in the log of events
   * @param round 0 for the first time, n for the n-th replay of the webhook
   */
  public record Id(long position, int round) implements Comparable<Id> {
    public Id {
      if (position < 0 || round < 0) {
        throw new IllegalArgumentException("neither a position nor a round is negative");
      }
    }

    /**
     * Reads it as {@link #toString} writes it.
     *
     * @throws GatewayException INVALID_FIELD
     */
    public static Id of(String text) {
      try {
        int middle = text.indexOf('-');
        String position = middle < 0 ? text : text.substring(0, middle);
        int round = middle < 0 ? 0 : Integer.parseInt(text.substring(middle + 1));
        return new Id(Long.parseLong(position), round);
      } catch (IllegalArgumentException e) {
        throw GatewayException.invalidField("delivery_id", "is none that was told");
      }
    }

    /** By position, then by round. */
    @Override
    public int compareTo(Id other) {
      int byPosition = Long.compare(position, other.position);
      return byPosition == 0 ? Integer.compare(round, other.round) : byPosition;
    }

    @Override
    public String toString() {
      return round == 0 ? Long.toString(position) : position + "-" + round;
    }
  }

  /**
   * Which deliveries of a webhook are meant.
   *
   * @param states in which states; none named: in any
   * @param instances of which instances; none named: of all
   * @param since updated then or later
   * @param until updated before
   * @param events of which events; none named: of all
   */
  public record Selection(
      Set<DeliveryState> states,
      Set<InstanceId> instances,
      Optional<Instant> since,
      Optional<Instant> until,
      Set<String> events) {
    public Selection {
      states = Set.copyOf(states);
      instances = Set.copyOf(instances);
      events = Set.copyOf(events);
    }

    /** Of all events. */
    public Selection(
        Set<DeliveryState> states,
        Set<InstanceId> instances,
        Optional<Instant> since,
        Optional<Instant> until) {
      this(states, instances, since, until, Set.of());
    }

    public static Selection all() {
      return new Selection(Set.of(), Set.of(), Optional.empty(), Optional.empty());
    }

    /** The same in other states. */
    public Selection in(Set<DeliveryState> other) {
      return new Selection(other, instances, since, until, events);
    }
  }
}
