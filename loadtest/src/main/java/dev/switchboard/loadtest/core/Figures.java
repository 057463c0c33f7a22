package dev.switchboard.loadtest.core;

import dev.switchboard.loadtest.measure.Snapshot;
import dev.switchboard.loadtest.run.LoadTestException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a program found, by name. */
final class Figures {
  private static final double MEGABYTE = 1 << 20;
  private static final double KILOBYTES_PER_MEGABYTE = 1 << 10;

  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final Map<String, Snapshot> snapshots = new TreeMap<>();

  /** Adds a name with its values, separated by blanks. */
  void add(String line) {
    String[] words = line.split(" ");
    values.put(words[0], Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray());
  }

  void add(String name, Snapshot snapshot) {
    snapshots.put(name, snapshot);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The first value of a name. */
  double one(String name) {
    return all(name)[0];
  }

  double[] all(String name) {
    double[] found = values.get(name);
    if (found == null) {
      throw new LoadTestException("the program did not tell " + name);
    }
    return found;
  }

  /** What the memory was like. */
  Snapshot memory(String name) {
    Snapshot found = snapshots.get(name);
    if (found == null) {
      throw new LoadTestException("the program had nothing measured as " + name);
    }
    return found;
  }

  /** By how much the live heap is larger, in megabytes. */
  double heapBetween(String before, String after) {
    return (memory(after).liveBytes() - memory(before).liveBytes()) / MEGABYTE;
  }

  /** By how much the system counts more for the process, in megabytes. */
  double rssBetween(String before, String after) {
    return (memory(after).status().rssKilobytes() - memory(before).status().rssKilobytes())
        / KILOBYTES_PER_MEGABYTE;
  }
}
