package dev.switchboard.whatsapp.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.Reason;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.whatsapp.MemoryHost;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.DeviceLists;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.IdentityChanges;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.link.Mail;
import dev.switchboard.whatsapp.link.StanzaLink;
import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.privacy.ReachoutLocks;
import dev.switchboard.whatsapp.session.Endings;
import dev.switchboard.whatsapp.session.RequestIds;
import dev.switchboard.whatsapp.session.SessionEnded;
import dev.switchboard.whatsapp.session.SessionLimits;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignalRecordKey;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import dev.switchboard.whatsapp.socket.SocketException;
import dev.switchboard.whatsapp.typing.Composing;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a message when the connection breaks, before, while and after it is written. */
class SendOrderTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));
  private static final Jid OWN = Jid.ofPhoneNumber("15550001000");
  private static final Jid BOB = Jid.ofPhoneNumber("15550002000");

  private final MemoryHost host = new MemoryHost();
  private final AccountState account =
      new AccountState(
          host,
          new Credentials(
              DeviceKeys.generate(RANDOM), OWN.withDevice(1), null, new byte[0], "android"));
  private final BreakingLink link = new BreakingLink();

  SendOrderTest() {
    account.commit(List.of(DeviceLists.put(OWN, List.of(1), 0, NOW.instant())));
  }

  @Test
  void itDidNotLeaveWhenTheConnectionBreaksWhileDevicesAreAskedFor() {
    assertThat(outcome()).isInstanceOf(SendOutcome.Retry.class);
    assertThat(host.outboundAttempts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void itMayHaveLeftWhenTheConnectionBreaksWhileOrAfterItIsWritten(int stanzas) {
    knowBob();
    link.breaksAfter = stanzas;

    assertThat(outcome()).isInstanceOf(SendOutcome.Unknown.class);
    assertThat(link.sent).hasSize(stanzas).allMatch(stanza -> stanza.tag().equals("message"));
    assertThat(host.outboundAttempts()).isEqualTo(1);
  }

  @Test
  void nothingIsWrittenNorAdvancedWhenItsTimeWasOverByThen() throws Exception {
    knowBob();
    SignalRecordKey session = SignalRecordKey.session(account.aliases().address(BOB));
    byte[] before = new SignalRecords(host.records).read(session).orElseThrow();
    host.attemptRefused = new GatewayException(Reason.MESSAGE_NOT_WAITING, "too late");
    SendOrder order = order();

    order.carryOut();

    assertThatThrownBy(order.result()::join).hasCause(host.attemptRefused);
    assertThat(link.sent).isEmpty();
    assertThat(new SignalRecords(host.records).read(session)).contains(before);
  }

  private SendOutcome outcome() {
    SendOrder order = order();
    assertThatThrownBy(order::carryOut).isInstanceOf(SessionEnded.class);
    return order.result().join();
  }

  private SendOrder order() {
    var message =
        new OutboundMessage(
            new MessageId("3EB0AA"),
            Peer.of(new PhoneNumber(BOB.user())),
            MessageContent.Text.outbound("text"),
            NOW.instant(),
            1);
    var stream = stream();
    var composing = new Composing(account, stream, new Presence(account, stream, false), NOW);
    return new SendOrder(message, sending(stream), composing, Duration.ofSeconds(1));
  }

  private StanzaStream stream() {
    return new StanzaStream(
        link, SessionLimits.DEFAULT, new Endings(NOW), NOW, new RequestIds(RANDOM));
  }

  private Sending sending(StanzaStream stream) {
    var directory = new DeviceDirectory(account, stream, NOW, Duration.ofHours(1));
    var identities = new IdentityChanges(account, host, directory);
    return new Sending(
        account,
        host,
        stream,
        directory,
        new Sessions(account, stream, identities, NOW),
        new PendingAcks(NOW, SendLimits.DEFAULT),
        new PrivacyTokens(account, stream, NOW),
        new ReachoutLocks(stream, host, NOW),
        SendLimits.DEFAULT,
        RANDOM);
  }

  /** Nothing has to be asked for any more. */
  private void knowBob() {
    SignalIdentity bob = SignalIdentity.generate(RANDOM);
    SignalUnit unit = account.signalUnit();
    unit.establish(
        account.aliases().address(BOB),
        PreKeyBundle.of(bob, SignedPreKey.generate(bob, 1, RANDOM), null));
    account.commit(SignalRecords.changes(unit.changes()));
    account.commit(List.of(DeviceLists.put(BOB, List.of(0), 0, NOW.instant())));
  }

  /** Takes so many stanzas and no more. */
  private static final class BreakingLink implements StanzaLink {
    private final List<Node> sent = new ArrayList<>();
    private int breaksAfter;

    @Override
    public void send(Node node) {
      if (sent.size() == breaksAfter) {
        throw new SocketException(SocketException.Reason.BROKEN, "gone");
      }
      sent.add(node);
    }

    @Override
    public @Nullable Node poll() {
      return null;
    }

    @Override
    public void feed(byte[] piece) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Mail await(Duration patience, boolean withOrders) {
      return new Mail.Nothing();
    }
  }
}
