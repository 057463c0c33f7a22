package dev.switchboard.whatsapp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.whatsapp.socket.SocketEnd;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MailboxTest {
  private static final Duration NOW = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(8);

  private final Mailbox mailbox = new Mailbox(100, 2);

  @Test
  void pausesTheSocketAtTheLimitAndReadsOnAtHalf() throws Exception {
    AtomicInteger resumed = new AtomicInteger();
    mailbox.onResume(resumed::incrementAndGet);

    assertThat(mailbox.received(new byte[50])).isTrue();
    assertThat(mailbox.received(new byte[50])).isFalse();
    mailbox.received(new byte[10]);
    mailbox.next(NOW);
    assertThat(resumed).hasValue(0);
    mailbox.next(NOW);

    assertThat(resumed).hasValue(1);
    mailbox.next(NOW);
    assertThat(resumed).hasValue(1);
  }

  @Test
  void takesNoMoreOrdersThanTheLimit() {
    assertThat(mailbox.submit(new Noted())).isTrue();
    assertThat(mailbox.submit(new Noted())).isTrue();
    assertThat(mailbox.submit(new Noted())).isFalse();
  }

  @Test
  void givesPiecesAndOrdersInTurn() throws Exception {
    mailbox.received(new byte[1]);
    mailbox.received(new byte[1]);
    mailbox.submit(new Noted());

    assertThat(mailbox.next(NOW)).isInstanceOf(Mail.Piece.class);
    assertThat(mailbox.next(NOW)).isInstanceOf(Mail.Ordered.class);
    assertThat(mailbox.next(NOW)).isInstanceOf(Mail.Piece.class);
    assertThat(mailbox.next(NOW)).isInstanceOf(Mail.Nothing.class);
  }

  @Test
  void leavesOrdersAloneWhereOnlyPiecesAreWanted() throws Exception {
    mailbox.submit(new Noted());

    assertThat(mailbox.nextPiece(NOW)).isInstanceOf(Mail.Nothing.class);
    assertThat(mailbox.next(NOW)).isInstanceOf(Mail.Ordered.class);
  }

  @Test
  void tellsTheEndAfterEverythingThatCameBefore() throws Exception {
    mailbox.received(new byte[1]);
    mailbox.closed(new SocketEnd(1000, "closed"));

    assertThat(mailbox.next(NOW)).isInstanceOf(Mail.Piece.class);
    assertThat(mailbox.next(NOW)).isEqualTo(new Mail.Ended(new SocketEnd(1000, "closed")));
  }

  @Test
  void stopsBeforeAnythingElse() throws Exception {
    mailbox.received(new byte[1]);
    mailbox.stop();

    assertThat(mailbox.next(NOW)).isInstanceOf(Mail.Stop.class);
    assertThat(mailbox.nextPiece(NOW)).isInstanceOf(Mail.Stop.class);
  }

  @Test
  void wakesWhoWaits() throws Exception {
    Thread.ofVirtual().start(() -> mailbox.received(new byte[1]));

    assertThat(mailbox.next(LONG)).isInstanceOf(Mail.Piece.class);
  }

  @Test
  void returnsWhatNobodyCarriedOutAndTakesNothingMore() {
    Noted order = new Noted();
    mailbox.submit(order);

    assertThat(mailbox.close()).containsExactly(order);
    assertThat(mailbox.submit(new Noted())).isFalse();
    assertThat(mailbox.close()).isEmpty();
  }

  private static final class Noted implements Order {
    @Override
    public void carryOut() {}

    @Override
    public void abandon() {}
  }
}
