package dev.switchboard.loadtest.report;

import dev.switchboard.loadtest.report.Chart.Line;
import dev.switchboard.loadtest.report.Chart.Point;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** A chart as SVG. */
final class ChartDrawing {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 340;
  private static final int LEFT = 70;
  private static final int RIGHT = 840;
  private static final int LEGEND = 40;
  private static final int FEW_POINTS = 60;

  /** Told apart by people who see colours differently, too (after Okabe and Ito). */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private final Chart chart;
  private final Range horizontal;
  private final Range vertical;
  private final Legend legend;
  private final int top;
  private final int bottom;
  private final Svg svg;

  private ChartDrawing(Chart chart) {
    this.chart = chart;
    horizontal = range(chart.x().scale(), Point::x, chart.marks());
    vertical = range(chart.y().scale(), Point::y, List.of());
    legend = new Legend(chart.lines().stream().map(Line::name).toList(), LEFT, RIGHT);
    top = 50 + legend.more();
    bottom = 290 + legend.more();
    svg = new Svg(WIDTH, HEIGHT + legend.more(), chart.title());
  }

  static String of(Chart chart) {
    return new ChartDrawing(chart).draw();
  }

  private String draw() {
    svg.text(LEFT, 20, "title", chart.title());
    grid();
    chart.marks().forEach(mark -> svg.line(x(mark), top, x(mark), bottom, "mark"));
    for (int i = 0; i < chart.lines().size(); i++) {
      Line line = chart.lines().get(i);
      String colour = COLOURS.get(i % COLOURS.size());
      Legend.Place place = legend.place(i);
      int y = LEGEND + place.row() * Legend.ROW;
      svg.swatch(place.x(), y - 6, colour);
      svg.text(place.x() + Legend.SWATCH, y, "start", line.name());
      draw(line, colour);
    }
    return svg.toString();
  }

  private void draw(Line line, String colour) {
    var points = new StringBuilder();
    line.points()
        .forEach(point ->
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y()))));
    svg.path(points, colour);
    if (line.points().size() <= FEW_POINTS) {
      line.points().forEach(point -> svg.dot(x(point.x()), y(point.y()), colour));
    }
  }

  private void grid() {
    for (double tick : chart.y().scale().ticks(vertical.from, vertical.to)) {
      if (vertical.holds(tick)) {
        svg.line(LEFT, y(tick), RIGHT, y(tick), "grid");
        svg.text(LEFT - 6, y(tick) + 4, "end", Scale.label(tick));
      }
    }
    for (double tick : chart.x().scale().ticks(horizontal.from, horizontal.to)) {
      if (horizontal.holds(tick)) {
        svg.line(x(tick), top, x(tick), bottom, "grid");
        svg.text(x(tick), bottom + 16, "middle", Scale.label(tick));
      }
    }
    svg.line(LEFT, bottom, RIGHT, bottom, "axis");
    svg.line(LEFT, top, LEFT, bottom, "axis");
    svg.text((LEFT + RIGHT) / 2.0, bottom + 36, "middle", chart.x().label());
    svg.upright(16, (top + bottom) / 2.0, chart.y().label());
  }

  private double x(double value) {
    return LEFT + horizontal.share(value) * (RIGHT - LEFT);
  }

  private double y(double value) {
    return bottom - vertical.share(value) * (bottom - top);
  }

  private Range range(Scale scale, ToDoubleFunction<Point> value, List<Double> more) {
    double[] all =
        DoubleStream.concat(
                chart.lines().stream().flatMap(line -> line.points().stream()).mapToDouble(value),
                more.stream().mapToDouble(Double::doubleValue))
            .toArray();
    double least = DoubleStream.of(all).min().orElse(0);
    double most = DoubleStream.of(all).max().orElse(1);
    return switch (scale) {
      case LINEAR -> new Range(scale, Math.min(0, least), most > 0 ? most * 1.05 : 1);
      case LOGARITHMIC -> new Range(scale, Math.max(least, 1e-3) / 1.2, Math.max(most, 1e-2) * 1.2);
      case PERCENTILE -> new Range(scale, 0, Math.max(most, 99));
    };
  }

  /** What of the values is shown. */
  private record Range(Scale scale, double from, double to) {
    double share(double value) {
      double begin = scale.place(from);
      double length = scale.place(to) - begin;
      double share = length == 0 ? 0 : (scale.place(value) - begin) / length;
      return Math.clamp(share, 0, 1);
    }

    boolean holds(double value) {
      return value >= from && value <= to;
    }
  }
}
