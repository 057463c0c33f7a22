package dev.switchboard.outbox.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.outbox.queue.AccountQueue.Next;
import org.jspecify.annotations.Nullable;

/** A sender that looks only when it is told to, or when the time has come that it was told. */
final class SleepingSender {
  private final AccountQueue queue;
  private Next.@Nullable Nothing found;
  private long boardingSeen = -1;
  private int slept;

  SleepingSender(AccountQueue queue) {
    this.queue = queue;
  }

  /** How often it was right to sleep on. */
  int slept() {
    return slept;
  }

  /** Looks; where it was not told to, there must be nothing that it did not know. */
  void check(long now) {
    Next fresh = queue.next(now);
    long seen = seen(fresh);
    Next.Nothing before = found;
    if (before != null && seen == before.seen() && now < before.until()) {
      assertThat(fresh).as("nobody told the sender").isInstanceOf(Next.Nothing.class);
      assertThat(((Next.Nothing) fresh).until())
          .as("nobody told the sender that it is due sooner")
          .isGreaterThanOrEqualTo(before.until());
      slept++;
    } else {
      found = fresh instanceof Next.Nothing nothing ? nothing : null;
    }
    checkBoarding(seen);
  }

  private void checkBoarding(long seen) {
    if (seen == boardingSeen) {
      int boarding = queue.inside(state -> state.messages().boarding());
      assertThat(boarding).as("nobody told the sender that all are written").isPositive();
    } else {
      boardingSeen = queue.boarding() ? seen : -1;
    }
  }

  private static long seen(Next next) {
    return switch (next) {
      case Next.Nothing nothing -> nothing.seen();
      case Next.Message message -> message.seen();
    };
  }
}
