package dev.switchboard.whatsapp.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.event.EventPayload.ChatStateChanged;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.MemoryHost;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatStatesTest {
  private static final Jid NUMBER = Jid.ofPhoneNumber("15550002000");
  private static final Jid LID = Jid.ofLid("200000000002000");
  private static final Jid OWN = Jid.ofPhoneNumber("15550001000");
  private static final Peer BOB =
      new Peer(new PhoneNumber("15550002000"), new Lid("200000000002000"));
  private static final Node COMPOSING = Node.of("composing");
  private static final Node PAUSED = Node.of("paused");

  private final MemoryHost host = new MemoryHost();
  private final ManualClock clock = new ManualClock();
  private final AccountState account =
      new AccountState(
          host,
          new Credentials(
              DeviceKeys.generate(new SecureRandom()),
              OWN.withDevice(3),
              Jid.ofLid("100000000001000").withDevice(3),
              new byte[0],
              "android"));
  private final ChatStates states = new ChatStates(account, host, clock);

  @Test
  void tellsWhatIsNewUnderEveryNameKnown() {
    new AliasBook(account).learn(NUMBER, LID);
    receive(LID, COMPOSING);
    receive(LID, COMPOSING);
    receive(LID, Node.builder("composing").attribute("media", "audio").build());
    receive(LID.withDevice(4), PAUSED);

    assertThat(host.chatStates)
        .containsExactly(
            new ChatStateChanged(BOB, ChatState.COMPOSING),
            new ChatStateChanged(BOB, ChatState.RECORDING),
            new ChatStateChanged(BOB, ChatState.PAUSED));
  }

  @Test
  void tellsAgainWhatGoesOn() {
    receive(NUMBER, COMPOSING);
    clock.advance(ChatStates.AGAIN.minusMillis(1));
    receive(NUMBER, COMPOSING);
    assertThat(host.chatStates).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    receive(NUMBER, COMPOSING);
    assertThat(host.chatStates).hasSize(2);
  }

  @Test
  void passesOverGroupsTheOwnerAndWhatSaysNothing() {
    receive(Jid.parse("123@g.us"), COMPOSING);
    receive(OWN.withDevice(0), COMPOSING);
    receive(NUMBER, Node.of("dancing"));
    states.receive(Node.of("chatstate", COMPOSING));

    assertThat(host.chatStates).isEmpty();
  }

  @Test
  void tellsNoMoreInAMinuteThanTheBound() {
    for (int i = 0; i <= ChatStates.MOST_A_MINUTE; i++) {
      receive(NUMBER, i % 2 == 0 ? COMPOSING : PAUSED);
    }
    assertThat(host.chatStates).hasSize(ChatStates.MOST_A_MINUTE);
    clock.advance(Duration.ofMinutes(1));
    receive(NUMBER, COMPOSING);
    assertThat(host.chatStates).hasSize(ChatStates.MOST_A_MINUTE + 1);
  }

  private void receive(Jid from, Node what) {
    states.receive(
        Node.builder("chatstate").attribute("from", from).children(List.of(what)).build());
  }
}
