package dev.switchboard.randomised;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a run did, in order, and a digest of it by which two runs are compared. */
final class RunLog {
  /** What makes texts longer and says nothing. */
  private static final String FILLER = "x{2,}";

  private final List<String> lines = new ArrayList<>();

  void add(Step step) {
    lines.add(lines.size() + " " + step.toString().replaceAll(FILLER, "…"));
  }

  /** The last steps, for the message of a failure. */
  String tail(int count) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }

  String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      lines.forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
