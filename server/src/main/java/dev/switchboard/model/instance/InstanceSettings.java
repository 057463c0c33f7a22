package dev.switchboard.model.instance;

import dev.switchboard.model.pacing.PacingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What callers choose for an instance and may change later.
 *
 * @param displayName free text of at most 128 characters, for people
 * @param route how its traffic reaches the network
 * @param pacing how fast it may send, or null for what its network has by default
 */
public record InstanceSettings(String displayName, Route route, @Nullable PacingPolicy pacing) {
  /** Settings with the pacing that the network has by default. */
  public InstanceSettings(String displayName, Route route) {
    this(displayName, route, null);
  }
}
