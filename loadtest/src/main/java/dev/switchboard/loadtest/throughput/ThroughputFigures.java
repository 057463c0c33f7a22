package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.measure.Machine;
import java.util.List;

/**
 * What was measured.
 *
 * @param levels by number of accounts, the largest last
 * @param peer what is compared with, or why nothing is
 * @param refusals of the simulated network by kind: none is expected
 */
record ThroughputFigures(
    ThroughputPlan plan, Machine machine, List<Level> levels, Peer peer, List<String> refusals) {
  static final double LEAST_RATIO = 5;

  /**
   * Who is compared with.
   *
   * @param runtime what it runs on; empty when there is none
   * @param missing why there is none; empty when there is one
   */
  record Peer(String runtime, String missing) {}

  ThroughputFigures {
    levels = List.copyOf(levels);
    refusals = List.copyOf(refusals);
  }

  /** What the result tells of. */
  Level largest() {
    return levels.getLast();
  }

  boolean compared() {
    return peer.missing().isEmpty();
  }
}
