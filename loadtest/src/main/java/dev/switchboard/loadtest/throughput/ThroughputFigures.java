package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.measure.Machine;
import java.util.List;

/**
 * What was measured.
 *
 * @param levels by number of accounts, the largest last
 * @param missing why there is no peer; empty when there is one
 * @param refusals of the simulated network by kind: none is expected
 */
record ThroughputFigures(
    ThroughputPlan plan,
    Machine machine,
    List<Level> levels,
    String missing,
    List<String> refusals) {
  static final double LEAST_RATIO = 5;

  ThroughputFigures {
    levels = List.copyOf(levels);
    refusals = List.copyOf(refusals);
  }

  /** What the result tells of. */
  Level largest() {
    return levels.getLast();
  }

  boolean compared() {
    return missing.isEmpty();
  }
}
