package dev.switchboard.loadtest.result;

import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truths as JSON; a map keeps its order. */
final class Json {
  private static final String INDENT = "  ";

  private Json() {}

  static String write(Object value) {
    var out = new StringBuilder();
    append(out, value, "\n");
    return out.append('\n').toString();
  }

  private static void append(StringBuilder out, Object value, String newline) {
    switch (value) {
      case Map<?, ?> map -> appendMap(out, map, newline);
      case Iterable<?> list -> appendList(out, list, newline);
      case Double number -> out.append(String.format(Locale.ROOT, "%.3f", number));
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      case String text -> appendText(out, text);
      default -> throw new IllegalArgumentException("JSON has no " + value.getClass());
    }
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map, String newline) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append(newline).append(INDENT);
      appendText(out, entry.getKey().toString());
      out.append(": ");
      append(out, entry.getValue(), newline + INDENT);
      separator = ",";
    }
    out.append(map.isEmpty() ? "" : newline).append('}');
  }

  private static void appendList(StringBuilder out, Iterable<?> list, String newline) {
    out.append('[');
    String separator = "";
    for (Object item : list) {
      out.append(separator).append(newline).append(INDENT);
      append(out, item, newline + INDENT);
      separator = ",";
    }
    out.append(separator.isEmpty() ? "" : newline).append(']');
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    text.chars().forEach(character -> appendCharacter(out, (char) character));
    out.append('"');
  }

  private static void appendCharacter(StringBuilder out, char character) {
    if (character == '"' || character == '\\') {
      out.append('\\').append(character);
    } else if (character < ' ') {
      out.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
    } else {
      out.append(character);
    }
  }
}
