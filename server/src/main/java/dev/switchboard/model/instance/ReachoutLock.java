package dev.switchboard.model.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The network keeps an account from writing to people it has not written with; other chats go on.
 *
 * @param since when the gateway learnt of it
 * @param until when it ends, or null where the network did not say
 */
public record ReachoutLock(Instant since, @Nullable Instant until) {
  /** Whether it holds at that time, as far as is known. */
  public boolean holds(Instant now) {
    return until == null || now.isBefore(until);
  }
}
