package dev.switchboard.sandbox.link;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.fault.Manner;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What befalls the stanzas of one connection, drawn from the faults that are armed. */
final class Mishaps {
  private static final Duration USUAL_LATENCY = Duration.ofMillis(100);
  private static final Duration USUAL_LATENESS = Duration.ofSeconds(1);

  /** What a mute connection keeps to itself; the rest are answers, logins and their end. */
  private static final Set<String> DELIVERED =
      Set.of("message", "receipt", "notification", "ack", "presence", "chatstate");

  private final Faults faults;
  private final RandomGenerator random;
  private volatile DeviceAddress device;
  private volatile Condition condition = Condition.SOUND;

  Mishaps(Faults faults, RandomGenerator random, DeviceAddress device) {
    this.faults = faults;
    this.random = random;
    this.device = device;
  }

  void concern(DeviceAddress known) {
    device = known;
  }

  DeviceAddress device() {
    return device;
  }

  /** Whether nothing is read any more. */
  boolean isDeaf() {
    return condition == Condition.HALF_OPEN;
  }

  /** Whether nothing is said any more. */
  boolean isDumb() {
    return condition == Condition.HALF_OPEN || condition == Condition.SILENT;
  }

  /** Whether the network gets to see what the client said. */
  boolean arrives() {
    worsen();
    return !isDeaf() && !faults.happens(Fault.STANZA_FROM_CLIENT_LOST, device);
  }

  Fate fate(Node stanza) {
    worsen();
    if (isWithheld(stanza) || faults.happens(Fault.STANZA_TO_CLIENT_LOST, device)) {
      return new Fate.Lost();
    }
    if (stanza.tag().equals("message")) {
      return ofMessage();
    }
    return stanza.tag().equals("ack") && stanza.has("class", "message")
        ? ofAcknowledgement()
        : leaves(1);
  }

  private boolean isWithheld(Node stanza) {
    return isDumb() || (condition == Condition.MUTE && DELIVERED.contains(stanza.tag()));
  }

  private Fate ofMessage() {
    if (faults.happens(Fault.MESSAGE_LOST, device)) {
      return new Fate.Lost();
    }
    Optional<Manner> shuffled = faults.strike(Fault.MESSAGES_SHUFFLED, device);
    if (shuffled.isPresent()) {
      return new Fate.Held(shuffled.get().batch());
    }
    return leaves(faults.happens(Fault.MESSAGE_DOUBLED, device) ? 2 : 1);
  }

  private Fate ofAcknowledgement() {
    if (faults.happens(Fault.ACK_LOST, device)) {
      return new Fate.Lost();
    }
    Optional<Manner> late = faults.strike(Fault.ACK_LATE, device);
    if (late.isPresent()) {
      return new Fate.Late(late.get().timeOr(USUAL_LATENESS));
    }
    return leaves(faults.happens(Fault.ACK_DOUBLED, device) ? 2 : 1);
  }

  private Fate leaves(int copies) {
    Duration after =
        faults
            .strike(Fault.LATENCY, device)
            .map(manner -> jittered(manner.timeOr(USUAL_LATENCY)))
            .orElse(Duration.ZERO);
    return new Fate.Leaves(copies, after);
  }

  /** Half of it to one and a half times as much. */
  private Duration jittered(Duration about) {
    long nanos = about.toNanos();
    return Duration.ofNanos(nanos / 2 + random.nextLong(nanos + 1));
  }

  /** A connection that has gone bad stays so until it ends. */
  private synchronized void worsen() {
    if (condition != Condition.SOUND) {
      return;
    }
    for (Condition worse : Condition.BAD) {
      if (faults.happens(worse.fault(), device)) {
        condition = worse;
        return;
      }
    }
  }

  private enum Condition {
    SOUND,
    HALF_OPEN,
    SILENT,
    MUTE;

    static final List<Condition> BAD = List.of(HALF_OPEN, SILENT, MUTE);

    Fault fault() {
      return switch (this) {
        case HALF_OPEN -> Fault.HALF_OPEN;
        case SILENT -> Fault.SILENT;
        case MUTE -> Fault.MUTE;
        case SOUND -> throw new IllegalStateException("nothing is wrong with a sound connection");
      };
    }
  }
}
