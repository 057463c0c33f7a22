package dev.switchboard.sandbox.network;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One step of the network: what it writes becomes durable as a whole, and only then leaves what it
 * says. Lives for the duration of {@link Network#change} and belongs to its thread.
 */
public final class Change {
  private final NetworkState state;
  private final Presence presence;
  private final Sightings sightings;
  private final List<Effect> effects = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private @Nullable Instant left;

  Change(NetworkState state, Presence presence, Sightings sightings) {
    this.state = state;
    this.presence = presence;
    this.sightings = sightings;
  }

  public NetworkState state() {
    return state;
  }

  /** Says something on one connection. */
  public void say(Link link, Node stanza) {
    effects.add(new Effect.Say(link, stanza));
  }

  /** Says what the work comes to before whatever the work itself says. */
  public void sayFirst(Link link, Supplier<Node> work) {
    int place = effects.size();
    effects.add(place, new Effect.Say(link, work.get()));
  }

  /** Says something to a device if it is connected. */
  public void tell(DeviceAddress device, Node stanza) {
    presence.activeLink(device).ifPresent(link -> say(link, stanza));
  }

  /** Says something to a device now or when it comes back, until it acknowledges. */
  public void queue(DeviceAddress device, Node stanza) {
    if (state.devices().find(device).isEmpty()) {
      return;
    }
    state.queues().add(device, stanza);
    note(device, stanza);
    presence.activeLink(device).ifPresent(link -> say(link, stanza));
  }

  private void note(DeviceAddress device, Node stanza) {
    if (stanza.tag().equals("message")) {
      stanza
          .jid("from")
          .flatMap(state.accounts()::address)
          .ifPresent(
              sender -> state.deliveries().note(device, stanza.requiredAttribute("id"), sender));
    }
  }

  /** Closes a connection after what was said on it. */
  public void end(Link link) {
    effects.add(new Effect.End(link));
  }

  /** Makes the connection the device's; an earlier one is returned. */
  public Optional<Link> enter(DeviceAddress device, Link link) {
    sightings.unfollow(device);
    return presence.enter(device, link);
  }

  /** Forgets a connection that ended; false when the device has another one by now. */
  public boolean leave(DeviceAddress device, Link link) {
    boolean left = presence.leave(device, link);
    if (left) {
      sightings.unfollow(device);
    }
    return left;
  }

  public void activate(DeviceAddress device, Link link) {
    presence.activate(device, link);
  }

  public Optional<Link> link(DeviceAddress device) {
    return presence.link(device);
  }

  public boolean isConnected(DeviceAddress device) {
    return presence.link(device).isPresent();
  }

  /** Who is seen where, and by whom. */
  public Sightings sightings() {
    return sightings;
  }

  /** Whether the device gets at once what is queued for it. */
  public boolean isActive(DeviceAddress device) {
    return presence.activeLink(device).isPresent();
  }

  /** Unlinks a device; its connection, if any, is told and closed. */
  public void unlink(DeviceAddress device) {
    state.devices().remove(device);
    link(device)
        .ifPresent(link -> {
          say(link, StreamErrors.deviceRemoved());
          end(link);
        });
  }

  /** What it says is durable, and is handed to the connections now. */
  void leaves() {
    left = state.clock().instant();
  }

  /** When what it says was handed to the connections; once it is over. */
  public Instant left() {
    return Objects.requireNonNull(left, "a change that is not over");
  }

  /** Runs something once the change is durable; it must be quick and must not throw. */
  public void afterwards(Runnable step) {
    afterwards.add(step);
  }

  List<Runnable> afterwards() {
    return afterwards;
  }

  List<Effect> effects() {
    return effects;
  }

  /** What happens on a connection once the change is durable. */
  sealed interface Effect {
    Link link();

    record Say(Link link, Node stanza) implements Effect {}

    record End(Link link) implements Effect {}
  }
}
