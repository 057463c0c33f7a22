package dev.switchboard.loadtest.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How fast a value grows. */
final class Slope {
  /** Fewer say nothing. */
  static final int FEWEST = 4;

  private Slope() {}

  /**
   * Growth for each minute after the warm-up: the median of the slopes between all pairs of samples
   * (Theil and Sen), so that a spike or a saw's teeth do not make one. 0 when there are too few.
   */
  static double perMinute(List<Sample> samples, double warmUp, ToDoubleFunction<Sample> value) {
    List<Sample> counted = samples.stream().filter(sample -> sample.minute() >= warmUp).toList();
    if (counted.size() < FEWEST) {
      return 0;
    }
    double[] slopes =
        IntStream.range(0, counted.size())
            .boxed()
            .flatMapToDouble(at -> between(counted, at, value))
            .sorted()
            .toArray();
    int middle = slopes.length / 2;
    return slopes.length % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
  }

  private static DoubleStream between(
      List<Sample> samples, int at, ToDoubleFunction<Sample> value) {
    Sample first = samples.get(at);
    return samples.subList(at + 1, samples.size()).stream()
        .filter(later -> later.minute() > first.minute())
        .mapToDouble(later ->
            (value.applyAsDouble(later) - value.applyAsDouble(first))
                / (later.minute() - first.minute()));
  }
}
