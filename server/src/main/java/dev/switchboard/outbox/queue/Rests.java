package dev.switchboard.outbox.queue;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lanes that are passed over for a time: those that rest after a failure, and those that pacing
 * holds. Times that are outdated are left until they are met, but are never most of what lies here.
 * Guarded by its queue's lock.
 */
final class Rests {
  /** So many times may lie here before anybody looks whether they are outdated. */
  static final int SLACK = 64;

  private final Set<Lane> held = new HashSet<>();
  private final PriorityQueue<Rest> times =
      new PriorityQueue<>(1, Comparator.comparingLong(Rest::until));

  /** How many times may lie here until the next sweep. */
  private int room = SLACK;

  private record Rest(Lane lane, long until) {
    boolean outdated() {
      return !lane.root().waitsUntil(until);
    }
  }

  /** It failed: it rests until then. */
  void rest(Lane lane, long until) {
    lane.restUntil(until);
    add(lane, until);
  }

  /** Pacing holds it until then; {@link Long#MAX_VALUE}: until it lets go. */
  void hold(Lane lane, long until) {
    lane.holdUntil(until);
    held.add(lane);
    if (until < Long.MAX_VALUE) {
      add(lane, until);
    }
  }

  private void add(Lane lane, long until) {
    times.add(new Rest(lane, until));
    if (times.size() > room) {
      sweep();
    }
  }

  /** At least as many are added until the next one as this one keeps: it costs next to nothing. */
  private void sweep() {
    List<Rest> kept = times.stream().filter(rest -> !rest.outdated()).distinct().toList();
    times.clear();
    times.addAll(kept);
    room = 2 * kept.size() + SLACK;
  }

  /** Takes a lane whose time has come; null: there is none. */
  @Nullable Lane takeOver(long now) {
    Rest first = times.peek();
    if (first == null || first.until() > now) {
      return null;
    }
    Lane lane = times.remove().lane().root();
    if (!lane.held(now)) { // It may have rested for another reason than it is held for.
      held.remove(lane);
    }
    return lane;
  }

  /** When the next one's time comes; {@link Long#MAX_VALUE}: never. */
  long next() {
    Rest first = times.peek();
    return first == null ? Long.MAX_VALUE : first.until();
  }

  /** Those that are held. */
  List<Lane> held() {
    return List.copyOf(held);
  }

  int countHeld() {
    return held.size();
  }

  void letGo(Lane lane) {
    held.remove(lane);
    lane.holdUntil(0);
  }

  /** It has ended, or became part of another one, which is asked for anew as a whole. */
  void forget(Lane lane) {
    held.remove(lane);
  }

  void forgetMerged() {
    if (!held.isEmpty()) {
      held.removeIf(lane -> lane.root() != lane);
    }
  }

  /** How many times lie here. */
  int times() {
    return times.size();
  }

  void clear() {
    held.clear();
    times.clear();
    room = SLACK;
  }
}
