package dev.switchboard.sandbox.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The references that connections show as QR codes right now. */
final class PairingDesk {
  private final Map<String, Registration> shown = new ConcurrentHashMap<>();

  void show(String reference, Registration registration) {
    shown.put(reference, registration);
  }

  Optional<Registration> find(String reference) {
    return Optional.ofNullable(shown.get(reference));
  }

  void withdraw(Registration registration) {
    shown.values().removeIf(registration::equals);
  }
}
