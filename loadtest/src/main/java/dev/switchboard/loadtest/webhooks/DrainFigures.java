package dev.switchboard.loadtest.webhooks;

import java.util.List;

/**
 * How events were taken that had waited.
 *
 * @param events that had waited
 * @param lost of these, never taken
 * @param samples from the moment on when somebody listened
 */
record DrainFigures(int events, int lost, Taken taken, List<Sample> samples) {
  /**
   * A moment.
   *
   * @param seconds since somebody listened
   * @param taken by then
   * @param megabytes of memory that the server takes
   */
  record Sample(double seconds, long taken, long megabytes) {}

  /** Nothing was done. */
  static DrainFigures none() {
    return new DrainFigures(0, 0, new Taken(), List.of());
  }

  /** Seconds until the server noticed that somebody listens: the first sample with anything. */
  double noticed() {
    return samples.stream()
        .filter(sample -> sample.taken() == 0)
        .mapToDouble(Sample::seconds)
        .max()
        .orElse(0);
  }

  /** From the first event that was taken to the last. */
  double perSecond() {
    if (samples.isEmpty()) {
      return 0;
    }
    double seconds = samples.getLast().seconds() - noticed();
    return seconds > 0 ? samples.getLast().taken() / seconds : 0;
  }

  long mostMegabytes() {
    return samples.stream().mapToLong(Sample::megabytes).max().orElse(0);
  }

  long fewestMegabytes() {
    return samples.stream().mapToLong(Sample::megabytes).min().orElse(0);
  }

  boolean holds() {
    return lost == 0 && taken.reordered() + taken.forged() + taken.contradicted() == 0;
  }
}
