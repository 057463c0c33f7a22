package dev.switchboard.loadtest.report;

import java.util.Locale;

/** Writes the few shapes that plots are made of. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height, String description) {
    out.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(width, height, Text.escaped(description)));
  }

  void line(double x1, double y1, double x2, double y2, String kind) {
    out.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            kind,
            x1,
            y1,
            x2,
            y2));
  }

  void path(CharSequence points, String colour) {
    out.append(
        "<polyline class=\"data\" stroke=\"%s\" points=\"%s\"/>\n".formatted(colour, points));
  }

  void dot(double x, double y, String colour) {
    out.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>\n",
            x,
            y,
            colour));
  }

  void swatch(double x, double y, String colour) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"4\" fill=\"%s\"/>\n",
            x,
            y,
            colour));
  }

  /**
   * @param kind class of the style: {@code start}, {@code middle}, {@code end} or {@code title}
   */
  void text(double x, double y, String kind, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
            kind,
            x,
            y,
            Text.escaped(text)));
  }

  /** Text along the vertical axis. */
  void upright(double x, double y, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"middle\" transform=\"translate(%.1f %.1f) rotate(-90)\">%s</text>\n",
            x,
            y,
            Text.escaped(text)));
  }

  @Override
  public String toString() {
    return out + "</svg>\n";
  }
}
