package dev.switchboard.model.pacing;

import dev.switchboard.model.GatewayException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For how long a recipient is shown that the account is typing, before a text that asks for it.
 *
 * @param charactersPerMinute 1 to 100,000
 * @param longest at most a minute, however long the text
 * @param everyText whether a text asks for it that does not say whether it does
 */
public record Typing(int charactersPerMinute, Duration longest, boolean everyText) {
  private static final int FASTEST = 100_000;
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  /** As fast as people type on a phone, and not longer than anybody would wait. */
  public static final Typing STANDARD = new Typing(300, Duration.ofSeconds(10), false);

  public Typing {
    if (charactersPerMinute < 1 || charactersPerMinute > FASTEST) {
      throw GatewayException.invalidField(
          "pacing.typing.characters_per_minute", "must be 1 to " + FASTEST);
    }
    if (longest.isNegative() || longest.compareTo(LONGEST) > 0) {
      throw GatewayException.invalidField("pacing.typing.longest", "must be at most a minute");
    }
  }

  /** How long to show it before a text of so many characters. */
  public Duration before(int characters) {
    Duration typed = Duration.ofMillis(characters * MINUTE_MILLIS / charactersPerMinute);
    return typed.compareTo(longest) < 0 ? typed : longest;
  }

  /**
   * As {@link #before(int)}; empty for not at all: where the text would expire while it is typed.
   */
  public Optional<Duration> before(int characters, Instant now, @Nullable Instant expiresAt) {
    Duration length = before(characters);
    boolean inTime = expiresAt == null || expiresAt.isAfter(now.plus(length));
    return length.isZero() || !inTime ? Optional.empty() : Optional.of(length);
  }
}
