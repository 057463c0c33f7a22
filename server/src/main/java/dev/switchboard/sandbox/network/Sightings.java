package dev.switchboard.sandbox.network;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is seen there, on the phone or on a linked device that says so, and who wants to be told.
 * Call under the network's lock; not on disk.
 */
public final class Sightings {
  /** People that one device may follow; it is told nothing of those after them. */
  public static final int MOST_FOLLOWED = 1_000;

  /** By account, the devices on which the person is seen. */
  private final Map<String, Set<DeviceAddress>> seen = new HashMap<>();

  /** By account, when a person went who is not seen now, in seconds since 1970. */
  private final Map<String, Long> left = new HashMap<>();

  /** By account, the devices that follow the person, and the name by which each does. */
  private final Map<String, Map<DeviceAddress, Jid>> followers = new HashMap<>();

  private final Map<DeviceAddress, Set<String>> followed = new HashMap<>();

  /** The person is there on that device, or is not; returns whether others see a difference. */
  public boolean see(DeviceAddress device, boolean there, long now) {
    String account = device.account();
    boolean before = isSeen(account);
    if (there) {
      seen.computeIfAbsent(account, _ -> new HashSet<>()).add(device);
      left.remove(account);
    } else if (before && goesFrom(device)) {
      left.put(account, now);
    }
    return before != isSeen(account);
  }

  private boolean goesFrom(DeviceAddress device) {
    seen.computeIfPresent(
        device.account(),
        (_, devices) -> {
          devices.remove(device);
          return devices.isEmpty() ? null : devices;
        });
    return !isSeen(device.account());
  }

  public boolean isSeen(String account) {
    return seen.containsKey(account);
  }

  public boolean isSeenOn(DeviceAddress device) {
    return seen.getOrDefault(device.account(), Set.of()).contains(device);
  }

  /** When the person was there last, in seconds since 1970; empty if they never were. */
  public Optional<Long> left(String account) {
    return Optional.ofNullable(left.get(account));
  }

  /** From now on the device wants to be told; returns false when it follows too many. */
  public boolean follow(DeviceAddress device, String account, Jid name) {
    Set<String> all = followed.computeIfAbsent(device, _ -> new HashSet<>());
    if (!all.contains(account) && all.size() >= MOST_FOLLOWED) {
      return false;
    }
    all.add(account);
    followers.computeIfAbsent(account, _ -> new HashMap<>()).put(device, name);
    return true;
  }

  /** Who wants to be told of the person, each with the name it knows them by. */
  public Map<DeviceAddress, Jid> followers(String account) {
    return followers.getOrDefault(account, Map.of());
  }

  /** The device follows nobody any more: that ends with its connection. */
  void unfollow(DeviceAddress device) {
    Set<String> all = followed.remove(device);
    if (all != null) {
      all.forEach(account ->
          followers.computeIfPresent(
              account,
              (_, devices) -> {
                devices.remove(device);
                return devices.isEmpty() ? null : devices;
              }));
    }
  }
}
