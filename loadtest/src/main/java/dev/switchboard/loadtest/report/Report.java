package dev.switchboard.loadtest.report;

import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.result.ResultLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run found.
 *
 * @param run its name
 * @param title what was done, in one line
 * @param machine what it ran on
 * @param sections tables, plots and words, in order
 * @param data the figures, for programs
 * @param line what the run ends with
 */
public record Report(
    String run,
    String title,
    Machine machine,
    List<Section> sections,
    Map<String, Object> data,
    ResultLine line) {
  public Report {
    sections = List.copyOf(sections);
  }

  /** The same on the machine as it is known now. */
  public Report on(Machine other) {
    return new Report(run, title, other, sections, data, line);
  }

  /** For people without a browser: everything but the plots. */
  public String text() {
    String body = sections.stream().map(Section::text).collect(Collectors.joining("\n"));
    return title + "\n" + machine.text() + "\n\n" + body;
  }

  /** The figures with the machine that they belong to. */
  public Map<String, Object> json() {
    var all = new LinkedHashMap<String, Object>();
    all.put("run", run);
    all.put("title", title);
    all.put("result", line.toString());
    all.put("machine", machine.data());
    all.putAll(data);
    return all;
  }

  /** The whole as a page. */
  public String html() {
    return Page.of(this);
  }
}
