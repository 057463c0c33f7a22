package dev.switchboard.loadtest.crash;

import dev.switchboard.loadtest.events.EventVerdict;
import dev.switchboard.loadtest.measure.Machine;
import java.util.List;
import java.util.Map;

/**
 * What happened.
 *
 * @param told what readers of events say
 * @param lives each until its kill
 * @param recoveries milliseconds from the start of each restarted server to its first answer
 * @param repeats calls that were repeated, by what they were refused with
 * @param fills how often the disk was full, and told as that
 * @param statuses how many messages ended in each status and cause
 * @param settling milliseconds from the last acceptance to the last outcome
 * @param missing ids of messages that did not arrive, with their status: the first few
 */
record CrashFigures(
    CrashPlan plan,
    Machine machine,
    Verdict verdict,
    EventVerdict told,
    List<Life> lives,
    List<Long> recoveries,
    Map<String, Long> repeats,
    int fills,
    Map<String, Integer> statuses,
    long settling,
    List<String> missing) {
  /**
   * One life of the server, or of its PostgreSQL.
   *
   * @param killedAt seconds since the kills began
   * @param victim what was killed
   * @param starting whether the server had not answered yet
   * @param accepted messages that were answered by then, of all lives
   */
  record Life(double killedAt, String victim, boolean starting, int accepted) {}

  boolean holds() {
    return verdict.holds() && told.holds();
  }

  int restarts() {
    return (int) lives.stream().filter(life -> life.victim().equals("server")).count();
  }
}
