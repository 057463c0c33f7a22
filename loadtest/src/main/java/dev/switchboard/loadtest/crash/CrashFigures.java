package dev.switchboard.loadtest.crash;

import dev.switchboard.loadtest.measure.Machine;
import java.util.List;
import java.util.Map;

/**
 * What happened.
 *
 * @param lives each until its kill
 * @param recoveries milliseconds from the start of each restarted server to its first answer
 * @param repeats calls that were repeated
 * @param statuses how many messages ended in each status and cause
 * @param settling milliseconds from the last acceptance to the last outcome
 * @param missing ids of messages that did not arrive, with their status: the first few
 */
record CrashFigures(
    CrashPlan plan,
    Machine machine,
    Verdict verdict,
    List<Life> lives,
    List<Long> recoveries,
    long repeats,
    Map<String, Integer> statuses,
    long settling,
    List<String> missing) {
  int restarts() {
    return (int) lives.stream().filter(life -> life.victim().equals("server")).count();
  }
}
