package dev.switchboard.sandbox.network;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.whatsapp.wire.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The one owner of the network's state. A change runs alone, is committed, and what it says is put
 * in order on the connections; nothing is written to a socket under the lock.
 *
 * <p>So at any moment of a crash: either the change is not on disk and nobody was told, or it is on
 * disk and some were told. Those who were not come back, and find it in their queue.
 */
public final class Network {
  private final ReentrantLock lock = new ReentrantLock();
  private final NetworkState state;
  private final Presence presence = new Presence();
  private final Sightings sightings = new Sightings();

  public Network(NetworkState state) {
    this.state = state;
  }

  /** Runs a change. When it throws, nothing was written and nothing is said. */
  public <T> T change(Function<Change, T> work) {
    Set<Link> touched = new LinkedHashSet<>();
    T result;
    var change = new Change(state, presence, sightings);
    lock.lock();
    try {
      result = state.store().commit(() -> work.apply(change));
      for (Change.Effect effect : change.effects()) {
        apply(effect);
        touched.add(effect.link());
      }
    } finally {
      lock.unlock();
    }
    change.leaves();
    touched.forEach(Link::drain);
    change.afterwards().forEach(Runnable::run);
    return result;
  }

  /** Runs a change that has no result. */
  public void update(Consumer<Change> work) {
    boolean _ =
        change(change -> {
          work.accept(change);
          return true;
        });
  }

  private static void apply(Change.Effect effect) {
    switch (effect) {
      case Change.Effect.Say(var link, var stanza) -> link.offer(stanza);
      case Change.Effect.End(var link) -> link.offerEnd();
    }
  }

  /** How many companions are connected. */
  public int connected() {
    lock.lock();
    try {
      return presence.size();
    } finally {
      lock.unlock();
    }
  }

  /** Drops every connection of a linked device, and says how many there were. */
  public int disconnectAll() {
    return disconnect(_ -> true);
  }

  /** Drops the connections of those devices without a word, and says how many there were. */
  public int disconnect(Predicate<DeviceAddress> which) {
    List<Link> links;
    lock.lock();
    try {
      links = presence.links(which);
    } finally {
      lock.unlock();
    }
    links.forEach(Link::abort);
    return links.size();
  }

  /** Says that to those devices, closes their connections, and says how many there were. */
  public int dismiss(Predicate<DeviceAddress> which, Node farewell) {
    return change(change -> {
      List<Link> links = presence.links(which);
      links.forEach(link -> {
        change.say(link, farewell);
        change.end(link);
      });
      return links.size();
    });
  }

  public Refusals refusals() {
    return state.refusals();
  }
}
