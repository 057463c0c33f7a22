package dev.switchboard.outbox.queue;

import dev.switchboard.model.Peer;
import dev.switchboard.outbox.queue.compact.Hashes;
import dev.switchboard.outbox.queue.compact.NameIndex;
import dev.switchboard.pacing.Familiarity;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lane of a recipient by any name. A lane lives as long as it has messages. Guarded by
 * its queue's lock.
 */
final class Lanes {
  private final NameIndex<Lane> byName = new NameIndex<>();

  /** Null until a lane of somebody who was met ends: most accounts are idle. */
  private @Nullable LatelyMet lately;

  /** The recipient's lane, a new one if there is none; two lanes that turn out one become one. */
  Lane of(Peer recipient) {
    long phone = phone(recipient);
    long lid = lid(recipient);
    if (phone == 0 || lid == 0) {
      return named(phone == 0 ? lid : phone);
    }
    Lane lane = named(phone).root();
    Lane other = find(lid);
    if (other == null) {
      name(lane, lid);
    } else if (other != lane) {
      lane.absorb(other);
    }
    return lane;
  }

  /**
   * Learns that these names are one recipient's; nothing happens when no message waits for them.
   */
  @Nullable Lane learn(Peer recipient) {
    boolean concerned =
        recipient.knownPhoneNumber().filter(it -> find(Hashes.of(it.digits())) != null).isPresent()
            || recipient
                .knownLid()
                .filter(it -> find(Hashes.of("lid " + it.digits())) != null)
                .isPresent();
    return concerned ? of(recipient) : null;
  }

  /** Whether the lane is found by a name of that recipient. */
  static boolean isOf(Lane lane, Peer recipient) {
    long phone = phone(recipient);
    long lid = lid(recipient);
    boolean[] found = new boolean[1];
    lane.forEachName(name -> found[0] |= name != 0 && (name == phone || name == lid));
    return found[0];
  }

  private static long phone(Peer recipient) {
    return recipient.knownPhoneNumber().map(number -> Hashes.of(number.digits())).orElse(0L);
  }

  private static long lid(Peer recipient) {
    return recipient.knownLid().map(id -> Hashes.of("lid " + id.digits())).orElse(0L);
  }

  /** A message of the lane is finished; true when it was the last, and the lane went with it. */
  boolean left(Lane lane) {
    boolean ended = lane.leave();
    if (ended) {
      remember(lane);
      lane.forEachName(byName::remove);
    }
    return ended;
  }

  private void remember(Lane lane) {
    Familiarity familiarity = lane.familiarity();
    if (familiarity != null && familiarity != Familiarity.NEW) {
      LatelyMet met = lately == null ? new LatelyMet() : lately;
      lately = met;
      lane.forEachName(name -> met.add(name, familiarity));
    }
  }

  void clear() {
    byName.clear();
  }

  private @Nullable Lane find(long name) {
    Lane found = byName.find(name);
    return found == null ? null : found.root();
  }

  private Lane named(long name) {
    Lane found = byName.find(name);
    if (found != null) {
      return found;
    }
    Lane lane = new Lane(name);
    if (lately != null) {
      lane.familiarity(lately.find(name));
    }
    byName.put(name, lane);
    return lane;
  }

  private void name(Lane lane, long other) {
    if (!lane.alsoKnownAs(other)) {
      lane.absorb(new Lane(other));
    }
    byName.put(other, lane);
  }
}
