package dev.switchboard.sandbox.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What connections show right now: references of QR codes, and codes to be typed on a phone. */
final class PairingDesk {
  private final Map<String, Registration> shown = new ConcurrentHashMap<>();
  private final Map<String, CodeRegistration> waiting = new ConcurrentHashMap<>();

  void show(String reference, Registration registration) {
    shown.put(reference, registration);
  }

  Optional<Registration> find(String reference) {
    return Optional.ofNullable(shown.get(reference));
  }

  void withdraw(Registration registration) {
    shown.values().removeIf(registration::equals);
  }

  /** Waits for a code on the phone, instead of whoever did before. */
  void await(String phoneNumber, CodeRegistration registration) {
    waiting.put(phoneNumber, registration);
  }

  Optional<CodeRegistration> waitingFor(String phoneNumber) {
    return Optional.ofNullable(waiting.get(phoneNumber));
  }

  void withdraw(CodeRegistration registration) {
    waiting.values().removeIf(registration::equals);
  }
}
