package dev.switchboard.sandbox.linkcode;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clients that may ask for a code. The network refuses any other (read in public sources); the
 * names here are those that independent clients present themselves with.
 */
final class Platforms {
  /** Chrome 1, Edge 2, Firefox 3, IE 4, Opera 5, Safari 6, Electron 7, UWP 8, others 9, macOS c. */
  private static final Pattern ID = Pattern.compile("[1-9a-g]");

  private static final Pattern DISPLAY =
      Pattern.compile("([A-Za-z ]{2,20}) \\(([A-Za-z ]{2,20})\\)");
  private static final Set<String> BROWSERS =
      Set.of(
          "Chrome", "Chromium", "Edge", "Firefox", "IE", "Opera", "Safari", "Desktop", "Android");
  private static final Set<String> SYSTEMS =
      Set.of(
          "Windows",
          "Mac OS",
          "macOS",
          "Linux",
          "Ubuntu",
          "Debian",
          "Fedora",
          "Chrome OS",
          "Android",
          "iOS",
          "FreeBSD",
          "OpenBSD",
          "Solaris",
          "AIX");

  private Platforms() {}

  static boolean isKnown(String id, String display) {
    Matcher matcher = DISPLAY.matcher(display);
    return ID.matcher(id).matches()
        && matcher.matches()
        && BROWSERS.contains(matcher.group(1))
        && SYSTEMS.contains(matcher.group(2));
  }
}
