package dev.switchboard.sandbox.network;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the network refused since it was opened, by kind. */
public final class Refusals {
  private final Map<Refusal, LongAdder> counts = new ConcurrentHashMap<>();

  public void count(Refusal kind) {
    counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
  }

  /** How often each kind occurred, by its name; kinds that never did are absent. */
  public Map<String, Long> counts() {
    var named = new TreeMap<String, Long>();
    counts.forEach((kind, count) -> named.put(kind.label(), count.sum()));
    return named;
  }
}
