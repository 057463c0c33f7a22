package dev.switchboard.loadtest.fanout;

import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.Machine;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What was measured.
 *
 * @param turns what became of each kind of turn
 * @param sleeper the reader that slept
 * @param calls how long the network took a message, as part of the lateness
 * @param untilRecorded from the call of the network to the time that the event bears
 * @param events that were made
 */
record FanoutFigures(
    FanoutPlan plan,
    Machine machine,
    Map<Kind, Turn> turns,
    Sleeper sleeper,
    Histogram calls,
    Histogram untilRecorded,
    long events) {
  private static final double MOST_OF_BARE = 2;
  private static final double MOST_MILLIS = 20;
  private static final double MOST_EFFECT = 20;
  private static final double MOST_BUSY = 0.9;
  private static final double WITH_ROOM = 0.8;
  private static final double LEAST_OF_RATE = 0.98;
  private static final int TAIL = 99;

  /** Who is read from, and by whom. */
  enum Kind {
    /** The bare stream, while nothing else happens. */
    BARE_QUIET("bare, nothing beside it"),
    /** The bare stream, while the server takes in as much as in its own turns. */
    BARE("bare"),
    /** The server. */
    SERVER("StreamEvents"),
    /** The server, with slow and stalled readers among those that read. */
    SERVER_STALLED("StreamEvents, others slow or stalled");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    boolean bare() {
      return this == BARE || this == BARE_QUIET;
    }
  }

  /**
   * All turns of a kind.
   *
   * @param latencies from the socket of the account to the reader
   * @param fromCalls from the call that had somebody write to the reader
   * @param lost events that somebody was not told
   * @param reordered events that somebody was told out of order, or twice
   * @param work what it took
   */
  record Turn(Latencies latencies, Latencies fromCalls, long lost, long reordered, Work work) {
    static Turn none() {
      return new Turn(Latencies.none(), Latencies.none(), 0, 0, Work.none());
    }

    Turn plus(Turn other) {
      return new Turn(
          latencies.plus(other.latencies),
          fromCalls.plus(other.fromCalls),
          lost + other.lost,
          reordered + other.reordered,
          work.plus(other.work));
    }
  }

  /**
   * The reader that slept.
   *
   * @param events that it was told when it woke
   * @param seconds that it took to be told all of them
   */
  record Sleeper(long events, double seconds, long lost, long reordered) {}

  Turn turn(Kind kind) {
    return turns.getOrDefault(kind, Turn.none());
  }

  double tail(Kind kind) {
    return turn(kind).latencies().millis(TAIL);
  }

  /** By how many per cent slow and stalled readers change the tail of the others. */
  double effect() {
    return 100 * (tail(Kind.SERVER_STALLED) / tail(Kind.SERVER) - 1);
  }

  long lost() {
    return sleeper.lost() + turns.values().stream().mapToLong(Turn::lost).sum();
  }

  long reordered() {
    return sleeper.reordered() + turns.values().stream().mapToLong(Turn::reordered).sum();
  }

  /**
   * Microseconds of a processor for each delivery, beyond what the server takes without readers.
   */
  double costMicros() {
    Duration beyond =
        turn(Kind.SERVER).work().of(Work.SERVER).minus(turn(Kind.BARE).work().of(Work.SERVER));
    return perDelivery(Kind.SERVER, beyond);
  }

  /** The same for the bare stream. */
  double bareMicros() {
    return perDelivery(Kind.BARE_QUIET, turn(Kind.BARE_QUIET).work().of(Work.BARE));
  }

  private double perDelivery(Kind kind, Duration worked) {
    return worked.toNanos() / 1e3 / turn(kind).latencies().count();
  }

  /**
   * Whether the processors of the machine had no time left, so that the tails are those of that.
   */
  boolean saturated() {
    Work work = turn(Kind.SERVER).work();
    return work.machine().share() > MOST_BUSY
        || work.messagesPerSecond() < LEAST_OF_RATE * plan.rate();
  }

  /**
   * How many events a second leave the processors a fifth of their time, if each costs what it did.
   */
  double rateWithRoom() {
    Work work = turn(Kind.SERVER).work();
    return WITH_ROOM * work.messagesPerSecond() / work.machine().share();
  }

  double mostAllowed() {
    return MOST_OF_BARE * tail(Kind.BARE);
  }

  boolean besideBareHolds() {
    return tail(Kind.SERVER) <= mostAllowed();
  }

  boolean tailHolds() {
    return tail(Kind.SERVER) < MOST_MILLIS;
  }

  boolean effectHolds() {
    return effect() < MOST_EFFECT;
  }

  boolean sleeperHolds() {
    return sleeper.lost() + sleeper.reordered() == 0 && sleeper.events() >= plan.sleepEvents();
  }

  /** Whether everybody was told everything, in order. */
  boolean holds() {
    return lost() == 0 && reordered() == 0;
  }
}
