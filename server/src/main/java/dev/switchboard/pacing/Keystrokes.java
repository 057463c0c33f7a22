package dev.switchboard.pacing;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The typing of a text, which has not begun.
 *
 * @param length for how long the recipient is to see it
 * @param lastBegan when the account last began to type another text, or null
 */
public record Keystrokes(Duration length, @Nullable Instant lastBegan) {}
