package dev.switchboard.loadtest.report;

import java.util.ArrayList;
import java.util.List;

/** Where the names of lines stand: beside each other, in as many rows as they need. */
final class Legend {
  static final int ROW = 18;
  static final int SWATCH = 18;
  private static final int SPACE = 20;

  /** Of a letter, on the average of words in 12 pixels of any sans-serif. */
  private static final double LETTER = 6.6;

  private final List<Place> places = new ArrayList<>();

  /** Where a swatch begins, and the row that it is in, from 0 on. */
  record Place(double x, int row) {}

  Legend(List<String> names, double left, double right) {
    double x = left;
    int row = 0;
    for (String name : names) {
      double width = SWATCH + LETTER * name.length();
      if (x > left && x + width > right) {
        x = left;
        row++;
      }
      places.add(new Place(x, row));
      x += width + SPACE;
    }
  }

  Place place(int line) {
    return places.get(line);
  }

  /** How many pixels it needs beyond those of one row. */
  int more() {
    return places.isEmpty() ? 0 : places.getLast().row() * ROW;
  }
}
