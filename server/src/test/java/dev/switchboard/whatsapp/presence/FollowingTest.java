package dev.switchboard.whatsapp.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.Reason;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.model.event.EventPayload.PresenceChanged;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.MemoryHost;
import dev.switchboard.whatsapp.ScriptedServer;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.PushNameStore;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowingTest {
  private static final Jid NUMBER = Jid.ofPhoneNumber("15550002000");
  private static final Jid LID = Jid.ofLid("200000000002000");
  private static final Peer BY_NUMBER = Peer.of(new PhoneNumber("15550002000"));
  private static final Peer BOB =
      new Peer(new PhoneNumber("15550002000"), new Lid("200000000002000"));
  private static final Node GONE = unavailable("1767225600");

  private final MemoryHost host = new MemoryHost();
  private final ManualClock clock = new ManualClock();
  private final ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.result());
  private final StanzaStream stream = server.stream(clock);
  private final AccountState account =
      new AccountState(
          host,
          new Credentials(
              DeviceKeys.generate(new SecureRandom()),
              Jid.ofPhoneNumber("15550001000").withDevice(3),
              null,
              new byte[0],
              "android"));
  private final dev.switchboard.whatsapp.login.Presence presence =
      new dev.switchboard.whatsapp.login.Presence(account, stream, false);
  private final PrivacyTokens tokens = new PrivacyTokens(account, stream, clock);
  private final Following following = new Following(account, host, stream, presence, tokens, clock);

  @BeforeEach
  void haveAName() {
    account.commit(List.of(PushNameStore.put("Alice")));
  }

  @Test
  void staysOfflineAndAsksAboutNobodyUnlessItIsWanted() throws Exception {
    wish(false, BY_NUMBER);
    assertThat(server.said("presence")).isEmpty();
    assertThat(following.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void isOnlineFirstAndAsksThen() throws Exception {
    wish(true, BY_NUMBER);
    assertThat(types()).containsExactly("available", "subscribe");
    assertThat(server.said("presence").getLast().jid("to")).hasValue(NUMBER);
    assertThat(following.deadline()).isEqualTo(Instant.MAX);

    wish(false, BY_NUMBER);
    assertThat(types()).endsWith("unavailable");
  }

  @Test
  void waitsForItsName() throws Exception {
    MemoryHost nameless = new MemoryHost();
    AccountState unnamed = new AccountState(nameless, account.credentials());
    var quiet = new dev.switchboard.whatsapp.login.Presence(unnamed, stream, false);
    var waiting = new Following(unnamed, nameless, stream, quiet, tokens, clock);
    nameless.presenceWish = () -> new PresenceWish(true, List.of(BY_NUMBER));
    waiting.tick(clock.instant());
    assertThat(server.said("presence")).isEmpty();

    unnamed.commit(List.of(PushNameStore.put("Alice")));
    quiet.announce();
    waiting.tick(clock.instant());
    assertThat(types()).containsExactly("available", "subscribe");
  }

  @Test
  void asksAboutThoseWhoCameOnlyUnlessItWasOffline() throws Exception {
    wish(true, person(1), person(2));
    wish(true, person(2), person(3));
    assertThat(asked()).isEqualTo(List.of(jid(1), jid(2), jid(3)));

    wish(false, person(2), person(3));
    wish(true, person(2), person(3));
    assertThat(asked()).isEqualTo(List.of(jid(1), jid(2), jid(3), jid(2), jid(3)));
  }

  @Test
  void asksAboutSoManyAtOnceAndTheRestAfterAPause() throws Exception {
    wish(
        true,
        IntStream.rangeClosed(1, Following.AT_ONCE + 1)
            .mapToObj(FollowingTest::person)
            .toArray(Peer[]::new));
    assertThat(asked()).hasSize(Following.AT_ONCE);
    assertThat(following.deadline()).isEqualTo(clock.instant().plus(Following.PAUSE));

    clock.advance(Following.PAUSE);
    following.tick(clock.instant());
    assertThat(asked()).hasSize(Following.AT_ONCE + 1).doesNotHaveDuplicates();
  }

  @Test
  void showsTheTokenOfThePerson() throws Exception {
    tokens.receive(
        Node.builder("notification")
            .attribute("from", NUMBER)
            .child(
                Node.of(
                    "tokens",
                    Node.of(
                        "token",
                        Map.of(
                            "type",
                            "trusted_contact",
                            "t",
                            Long.toString(clock.instant().getEpochSecond())),
                        new byte[] {1, 2})))
            .build());
    wish(true, BY_NUMBER);
    assertThat(server.said("presence").getLast().requiredChild("tctoken").bytes())
        .containsExactly(1, 2);
  }

  @Test
  void tellsEachChangeOnceUnderEveryName() throws Exception {
    new AliasBook(account).learn(NUMBER, LID);
    wish(true, BY_NUMBER);
    following.receive(from(LID, Node.of("presence")));
    following.receive(from(NUMBER, Node.of("presence")));
    following.receive(from(LID, GONE));
    following.receive(from(LID, unavailable("deny")));
    following.receive(from(LID, unavailable("none")));
    assertThat(host.presences)
        .containsExactly(
            new PresenceChanged(BOB, new Presence.Online()),
            new PresenceChanged(
                BOB, new Presence.Offline(Instant.parse("2026-01-01T00:00:00Z"), false)),
            new PresenceChanged(BOB, new Presence.Offline(null, true)),
            new PresenceChanged(BOB, new Presence.Offline(null, false)));
  }

  @Test
  void passesOverThoseWhomItDoesNotFollow() throws Exception {
    following.receive(from(NUMBER, GONE));
    wish(true, BY_NUMBER);
    following.receive(from(jid(7), GONE));
    following.receive(Node.of("presence"));
    wish(true);
    following.receive(from(NUMBER, GONE));
    assertThat(host.presences).isEmpty();
  }

  @Test
  void tellsNothingOfWhoIsUnsubscribedFromBeforeItIsSaid() throws Exception {
    wish(true, BY_NUMBER);
    host.presenceWish = () -> new PresenceWish(true, List.of());
    following.wished();
    following.receive(from(NUMBER, GONE));
    assertThat(host.presences).isEmpty();
  }

  @Test
  void tellsAnewOfWhoIsFollowedAnew() throws Exception {
    wish(true, BY_NUMBER);
    following.receive(from(NUMBER, GONE));
    wish(true);
    wish(true, BY_NUMBER);
    following.receive(from(NUMBER, GONE));
    assertThat(host.presences).hasSize(2);
  }

  @Test
  void looksAgainWhenStorageWasAway() throws Exception {
    host.presenceWish =
        () -> {
          throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "away");
        };
    following.tick(clock.instant());
    assertThat(following.deadline()).isEqualTo(clock.instant().plus(Following.LOOK_AGAIN));

    host.presenceWish = () -> new PresenceWish(true, List.of());
    following.tick(clock.instant());
    assertThat(types()).isEmpty();
    clock.advance(Following.LOOK_AGAIN);
    following.tick(clock.instant());
    assertThat(types()).containsExactly("available");
  }

  private void wish(boolean online, Peer... followed) throws InterruptedException {
    host.presenceWish = () -> new PresenceWish(online, List.of(followed));
    following.wished();
    clock.advance(Following.PAUSE);
    following.tick(clock.instant());
  }

  private List<String> types() {
    return server.said("presence").stream().map(node -> node.requiredAttribute("type")).toList();
  }

  private List<Jid> asked() {
    return server.said("presence").stream()
        .filter(node -> node.has("type", "subscribe"))
        .map(node -> node.jid("to").orElseThrow())
        .toList();
  }

  private static Peer person(int number) {
    return Peer.of(new PhoneNumber("1555000300" + number % 10 + number / 10));
  }

  private static Jid jid(int number) {
    return Jid.ofPhoneNumber("1555000300" + number % 10 + number / 10);
  }

  private static Node unavailable(String last) {
    return Node.of("presence", Map.of("type", "unavailable", "last", last));
  }

  private static Node from(Jid person, Node presence) {
    var told = Node.builder("presence").attribute("from", person);
    presence.attributes().forEach(told::attribute);
    return told.build();
  }
}
