package dev.switchboard.model.pacing;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a message would be sent if it were accepted now, as far as pacing goes: not how long the
 * network takes.
 *
 * @param time when it is expected to go, or null where a lock has no known end
 * @param earliest if every gap were as short as it can be; null with the time
 * @param latest if every gap were as long as it can be; null with the time
 * @param limit which limit makes it wait longest, or null when it goes at once
 */
public record SendPlan(
    @Nullable Instant time,
    @Nullable Instant earliest,
    @Nullable Instant latest,
    @Nullable PacingLimit limit,
    Set<SendRisk> risks) {
  public SendPlan {
    risks = Set.copyOf(risks);
  }
}
