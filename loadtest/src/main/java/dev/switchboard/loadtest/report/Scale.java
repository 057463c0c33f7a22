package dev.switchboard.loadtest.report;

import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How values are spread along an axis, and which of them are labelled. */
public enum Scale {
  /** Evenly. */
  LINEAR {
    @Override
    double place(double value) {
      return value;
    }

    @Override
    double[] ticks(double from, double to) {
      double step = step(to - from);
      return DoubleStream.iterate(
              Math.ceil(from / step) * step, at -> at <= to + step / 1e6, at -> at + step)
          .toArray();
    }
  },
  /** By powers of ten; what is not positive stands at the lowest end. */
  LOGARITHMIC {
    @Override
    double place(double value) {
      return Math.log10(Math.max(value, LEAST));
    }

    @Override
    double[] ticks(double from, double to) {
      int first = (int) Math.floor(place(from));
      int last = (int) Math.ceil(place(to));
      return IntStream.rangeClosed(first, last).mapToDouble(power -> Math.pow(10, power)).toArray();
    }
  },
  /**
   * Per cent by their distance from 100, so that 99, 99.9 and 99.99 are as far apart as they
   * matter.
   */
  PERCENTILE {
    @Override
    double place(double value) {
      return -Math.log10(Math.max(1 - value / WHOLE, LEAST));
    }

    @Override
    double[] ticks(double from, double to) {
      return new double[] {0, 50, 90, 99, 99.9, 99.99, 99.999};
    }
  };

  private static final double WHOLE = 100;
  private static final double LEAST = 1e-6;
  private static final int TICKS = 6;

  /** Where a value stands; only differences count. */
  abstract double place(double value);

  /** The values to label, not all of them within the range. */
  abstract double[] ticks(double from, double to);

  /** A round distance that gives about six ticks. */
  static double step(double range) {
    double rough = Math.max(range, LEAST) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double factor = rough / power;
    return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
  }

  /** A value as a label. */
  static String label(double value) {
    if (value != 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-3)) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
