package dev.switchboard.loadtest.soak;

import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.soak.SoakPlan.Limits;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What happened.
 *
 * @param samples of the server, in order; one at least
 * @param verdict of the messages
 * @param drops of connections
 * @param changes of the weather, in minutes
 */
record SoakFigures(
    SoakPlan plan,
    Machine machine,
    List<Sample> samples,
    Verdict verdict,
    long drops,
    List<Double> changes) {
  private static final double KILOBYTE = 1024;

  SoakFigures {
    samples = List.copyOf(samples);
    changes = List.copyOf(changes);
  }

  /**
   * What became of the messages.
   *
   * @param sent messages that were accepted
   * @param refused calls without an answer
   * @param lost accepted messages that no phone shows, answers of phones that the server does not
   *     have, and answers that it has and did not tell of
   * @param doubled messages that a phone shows twice, that the server has twice or told of twice
   * @param watched whether the stream of answers was unbroken, so that what it left out counts
   */
  record Verdict(long sent, long refused, long lost, long doubled, boolean watched) {}

  Sample last() {
    return samples.getLast();
  }

  double heapSlope() {
    return slope(sample -> sample.heapBytes() / KILOBYTE);
  }

  double threadSlope() {
    return slope(Sample::threads);
  }

  double fileSlope() {
    return slope(Sample::files);
  }

  double journalSlope() {
    return slope(sample -> sample.journalKilobytes() / KILOBYTE);
  }

  double rssSlope() {
    return slope(Sample::rssKilobytes);
  }

  private double slope(ToDoubleFunction<Sample> value) {
    return Slope.perMinute(samples, plan.warmUp().toMillis() / 60e3, value);
  }

  boolean holds() {
    Limits limits = plan.limits();
    return verdict.lost() == 0
        && verdict.doubled() == 0
        && heapSlope() <= limits.heapKilobytes()
        && threadSlope() <= limits.threads()
        && fileSlope() <= limits.files()
        && journalSlope() <= limits.journalMegabytes();
  }
}
