package dev.switchboard.loadtest.report;

import dev.switchboard.loadtest.result.Table;
import java.util.List;
import java.util.stream.Collectors;

/** A report as one HTML file that needs nothing else. */
final class Page {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2em auto; padding: 0 1em; color: #222 }
      h1 { font-size: 1.4em; margin-bottom: 0 } h2 { font-size: 1.1em; margin-top: 2em }
      .machine { color: #666 } code { background: #f2f2f2; padding: .3em .5em; display: block }
      pre { white-space: pre-wrap; font: inherit }
      table { border-collapse: collapse } td, th { padding: .2em .8em; text-align: right; border-bottom: 1px solid #ddd }
      td:first-child, th:first-child { text-align: left } th { border-bottom: 2px solid #888 }
      svg { width: 100%; margin-top: 1.5em; font: 12px system-ui, sans-serif; fill: #222 }
      svg .title { font-size: 15px; font-weight: 600 }
      svg .middle { text-anchor: middle } svg .end { text-anchor: end }
      svg .grid { stroke: #e5e5e5 } svg .axis { stroke: #444 } svg .mark { stroke: #d00; stroke-dasharray: 2 3 }
      svg .data { fill: none; stroke-width: 1.6 }
      """;

  private Page() {}

  static String of(Report report) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>Switchboard loadtest: %s</title>
    <style>
    %s</style>
    </head>
    <body>
    <h1>%s: %s</h1>
    <p class="machine">%s</p>
    <code>%s</code>
    %s</body>
    </html>
    """
        .formatted(
            Text.escaped(report.run()),
            STYLE,
            Text.escaped(report.run()),
            Text.escaped(report.title()),
            Text.escaped(report.machine().text()).replace("\n", "<br>"),
            Text.escaped(report.line().toString()),
            report.sections().stream().map(Page::section).collect(Collectors.joining()));
  }

  private static String section(Section section) {
    return switch (section) {
      case Section.Words words -> "<pre>" + Text.escaped(words.text()) + "</pre>\n";
      case Section.Figures figures ->
          "<h2>" + Text.escaped(figures.title()) + "</h2>\n" + table(figures.table());
      case Section.Plot plot -> ChartDrawing.of(plot.chart());
    };
  }

  private static String table(Table table) {
    List<List<String>> rows = table.rows();
    String body = rows.stream().skip(1).map(row -> row(row, "td")).collect(Collectors.joining());
    return "<table>\n" + row(rows.getFirst(), "th") + body + "</table>\n";
  }

  private static String row(List<String> cells, String kind) {
    return cells.stream()
        .map(cell -> "<" + kind + ">" + Text.escaped(cell) + "</" + kind + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }
}
