package dev.switchboard.loadtest.report;

import java.util.List;

/**
 * Lines over one horizontal axis.
 *
 * @param title what is shown
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param lines in the order of the legend
 * @param marks places on the horizontal axis that are drawn as thin verticals, such as kills
 */
public record Chart(String title, Axis x, Axis y, List<Line> lines, List<Double> marks) {
  public Chart {
    lines = List.copyOf(lines);
    marks = List.copyOf(marks);
  }

  public Chart(String title, Axis x, Axis y, List<Line> lines) {
    this(title, x, y, lines, List.of());
  }

  /**
   * An axis.
   *
   * @param label with its unit
   */
  public record Axis(String label, Scale scale) {
    public static Axis linear(String label) {
      return new Axis(label, Scale.LINEAR);
    }

    public static Axis logarithmic(String label) {
      return new Axis(label, Scale.LOGARITHMIC);
    }

    /** Per cent from 0 to below 100, spread out towards the end. */
    public static Axis percentiles() {
      return new Axis("percentile", Scale.PERCENTILE);
    }
  }

  /** Points that belong together. */
  public record Line(String name, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /** One value at one place. */
  public record Point(double x, double y) {}
}
