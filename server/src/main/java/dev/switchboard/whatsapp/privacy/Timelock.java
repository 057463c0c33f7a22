package dev.switchboard.whatsapp.privacy;

import dev.switchboard.whatsapp.session.Numbers;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The network's word on a reach-out lock.
 *
 * @param until when it ends, or null where it is not active or the network does not say
 */
public record Timelock(boolean active, @Nullable Instant until) {
  private static final int MOST_CHARACTERS = 8_192;
  private static final Pattern ACTIVE = Pattern.compile("\"is_active\"\\s*:\\s*(true|false)");

  /** Sent as a text by some servers and as a number by others (read in public sources). */
  private static final Pattern ENDS =
      Pattern.compile("\"time_enforcement_ends\"\\s*:\\s*\"?(\\d{1,12})\"?");

  /**
   * Reads the two fields that matter; they are flat, and nothing else has their names.
   *
   * @return empty when the text says nothing about a lock
   */
  public static Optional<Timelock> parse(String json) {
    if (json.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    Matcher active = ACTIVE.matcher(json);
    if (!active.find()) {
      return Optional.empty();
    }
    boolean locked = active.group(1).equals("true");
    return Optional.of(new Timelock(locked, locked ? end(json) : null));
  }

  private static @Nullable Instant end(String json) {
    Matcher ends = ENDS.matcher(json);
    long seconds = ends.find() ? Long.parseLong(ends.group(1)) : 0;
    return seconds <= 0 || seconds > Numbers.LATEST_SECOND ? null : Instant.ofEpochSecond(seconds);
  }
}
