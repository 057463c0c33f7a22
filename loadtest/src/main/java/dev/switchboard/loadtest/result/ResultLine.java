package dev.switchboard.loadtest.result;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The one line that a run ends with, for people and scripts: {@code RESULT name key=value …}. */
public final class ResultLine {
  private final String run;
  private final Map<String, String> values = new LinkedHashMap<>();

  public ResultLine(String run) {
    this.run = run;
  }

  /** Adds a whole number. */
  public ResultLine with(String key, long value) {
    values.put(key, Long.toString(value));
    return this;
  }

  /** Adds a number with one decimal. */
  public ResultLine with(String key, double value) {
    values.put(key, String.format(Locale.ROOT, "%.1f", value));
    return this;
  }

  /** Adds a number with as many decimals as it needs to say something. */
  public ResultLine with(String key, double value, int decimals) {
    values.put(key, String.format(Locale.ROOT, "%." + decimals + "f", value));
    return this;
  }

  /** Adds a word, such as why there is no number. */
  public ResultLine with(String key, String word) {
    values.put(key, word);
    return this;
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" ", "RESULT " + run + " ", ""));
  }
}
