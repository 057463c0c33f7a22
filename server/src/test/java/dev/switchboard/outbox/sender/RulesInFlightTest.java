package dev.switchboard.outbox.sender;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static dev.switchboard.testing.Samples.BOB;
import static dev.switchboard.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.outbox.queue.QueueView;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.ScriptedConnector;
import dev.switchboard.testing.SendingBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules change while a sender is deciding by those of before. */
@Timeout(60)
class RulesInFlightTest {
  private static final @Nullable ReachoutLock NONE = null;

  private final ManualClock clock = new ManualClock();
  private final ScriptedConnector connector = new ScriptedConnector();
  private final SendingBench bench = new SendingBench(clock);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aLockThatIsLiftedWhileItIsAskedForIsAskedForAgain() throws Exception {
    bench.lock(new ReachoutLock(NOW, null));
    bench.onceLockIsAsked(() -> bench.lock(NONE));
    assertSent();
  }

  @Test
  void aLockThatIsLiftedWhileItCountsHoldsNothing() throws Exception {
    bench.lock(new ReachoutLock(NOW, null));
    bench.onceFamiliarityIsAsked(() -> bench.lock(NONE));
    assertSent();
  }

  @Test
  void aLockThatIsLiftedWhileNobodySendsHoldsNothing() throws Exception {
    bench.lock(new ReachoutLock(NOW, null));
    bench.accept("1", BOB);
    connector.answer(new SendOutcome.Sent(NOW, BOB));
    bench.sending.senders().connected(ACCOUNT, connector);
    Eventually.until("it is held", () -> QueueView.count(bench.queue()).heldChats() == 1);
    bench.sending.senders().disconnected(ACCOUNT);
    Eventually.until("nobody sends", () -> bench.sending.senders().running() == 0);
    bench.lock(NONE);
    assertThat(connector.unseenMessages()).isZero();
    bench.sending.senders().connected(ACCOUNT, connector);
    assertThat(connector.awaitMessage().id().value()).isEqualTo("1");
  }

  private void assertSent() throws InterruptedException {
    bench.accept("1", BOB);
    connector.answer(new SendOutcome.Sent(NOW, BOB));
    bench.sending.senders().connected(ACCOUNT, connector);
    assertThat(connector.awaitMessage().id().value()).isEqualTo("1");
  }
}
