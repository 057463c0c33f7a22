package dev.switchboard.sandbox.network;

import dev.switchboard.sandbox.account.DeviceAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which companions are connected. Guarded by the network's lock. */
@SuppressWarnings("ReferenceEquality") // A connection is itself and no other.
final class Presence {
  private final Map<DeviceAddress, Connected> connected = new HashMap<>();

  /** Takes the place of an earlier connection of the same device, which is returned. */
  Optional<Link> enter(DeviceAddress device, Link link) {
    return Optional.ofNullable(connected.put(device, new Connected(link, false)))
        .map(Connected::link);
  }

  /** From now on the device gets what is queued for it at once. */
  void activate(DeviceAddress device, Link link) {
    connected.computeIfPresent(
        device, (_, now) -> now.link() == link ? new Connected(link, true) : now);
  }

  /** Does nothing, and returns false, when another connection has taken the place. */
  boolean leave(DeviceAddress device, Link link) {
    Connected now = connected.get(device);
    return now != null && now.link() == link && connected.remove(device, now);
  }

  Optional<Link> link(DeviceAddress device) {
    return Optional.ofNullable(connected.get(device)).map(Connected::link);
  }

  Optional<Link> activeLink(DeviceAddress device) {
    return Optional.ofNullable(connected.get(device))
        .filter(Connected::active)
        .map(Connected::link);
  }

  /** The connections of those devices, by device. */
  List<Link> links(Predicate<DeviceAddress> which) {
    return connected.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .sorted(Comparator.comparing(entry -> entry.getKey().key()))
        .map(entry -> entry.getValue().link())
        .toList();
  }

  int size() {
    return connected.size();
  }

  private record Connected(Link link, boolean active) {}
}
