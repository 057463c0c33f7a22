package dev.switchboard.loadtest.report;

import dev.switchboard.loadtest.result.Table;

/** A part of a report. */
public sealed interface Section {
  /** As it is read without a browser. */
  String text();

  /** Some lines of text. */
  record Words(String text) implements Section {
    public Words {
      text = text.stripTrailing() + "\n";
    }
  }

  /** A table under its title. */
  record Figures(String title, Table table) implements Section {
    @Override
    public String text() {
      return title + ":\n\n" + table;
    }
  }

  /** A plot; without a browser there is nothing to see of it. */
  record Plot(Chart chart) implements Section {
    @Override
    public String text() {
      return "";
    }
  }
}
