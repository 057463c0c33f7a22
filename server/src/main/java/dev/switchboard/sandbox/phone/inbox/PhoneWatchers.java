package dev.switchboard.sandbox.phone.inbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who wants to know when a phone has decrypted something. */
public final class PhoneWatchers {
  private final Map<String, List<Runnable>> watchers = new ConcurrentHashMap<>();

  /** Runs the call after each new message of the phone until the result is closed. */
  public Watch watch(String phone, Runnable call) {
    watchers.computeIfAbsent(phone, _ -> new CopyOnWriteArrayList<>()).add(call);
    return () ->
        watchers.computeIfPresent(
            phone,
            (_, calls) -> {
              calls.remove(call);
              return calls.isEmpty() ? null : calls;
            });
  }

  void arrived(String phone) {
    watchers.getOrDefault(phone, List.of()).forEach(Runnable::run);
  }

  /** Ends the watching. */
  @FunctionalInterface
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
