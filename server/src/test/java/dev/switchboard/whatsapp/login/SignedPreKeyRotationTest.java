package dev.switchboard.whatsapp.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.ScriptedServer;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.session.SessionEnded;
import dev.switchboard.whatsapp.wire.Node;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SignedPreKeyRotationTest {
  private static final Duration AGE = Duration.ofDays(27);
  private static final Duration KEPT = Duration.ofDays(31);
  private static final PreKeyLimits LIMITS = new PreKeyLimits(4, 1, 1, AGE, KEPT);

  private final ManualClock clock = new ManualClock();
  private final LinkedDevice device = new LinkedDevice();
  private Function<Node, Optional<Node>> answers = _ -> ScriptedServer.result();
  private final ScriptedServer server = new ScriptedServer(request -> this.answers.apply(request));

  @Test
  void theFirstKeyServesItsWholeTime() throws Exception {
    SignedPreKeyRotation rotation = login();
    clock.advance(AGE.minusMillis(1));
    rotation.run();

    assertThat(server.requests("rotate")).isEmpty();
    assertThat(rotation.next()).isEqualTo(clock.instant().plusMillis(1));
  }

  @Test
  void aNewKeyIsDurableBeforeTheServerHearsOfIt() throws Exception {
    login();
    clock.advance(AGE);
    answers =
        request -> {
          assertThat(current()).isEqualTo(published(request)).isEqualTo(2);
          assertThat(device.records.count(RecordKind.SIGNED_PREKEY)).isEqualTo(2);
          return ScriptedServer.result();
        };

    login();
    login();

    assertThat(server.requests("rotate")).hasSize(1);
    assertThat(current()).isEqualTo(2);
  }

  @Test
  void whateverEndsInBetweenTheNextLoginTellsTheServerTheSameKey() throws Exception {
    login();
    clock.advance(AGE);
    answers = _ -> Optional.empty();
    assertThatThrownBy(this::login).isInstanceOf(SessionEnded.class);
    answers = _ -> ScriptedServer.result();

    login();
    login();

    assertThat(server.requests("rotate")).hasSize(2);
    assertThat(server.requests("rotate").stream().map(request -> published(request)))
        .containsOnly(2);
    assertThat(current()).isEqualTo(2);
  }

  @Test
  void aRefusalIsAnsweredByAWaitAndNotByAnotherKey() throws Exception {
    login();
    clock.advance(AGE);
    answers = _ -> ScriptedServer.refusal(503);

    SignedPreKeyRotation rotation = login();
    assertThat(rotation.next()).isEqualTo(clock.instant().plus(Duration.ofDays(1)));
    clock.advance(Duration.ofDays(1));
    answers = _ -> ScriptedServer.result();
    rotation.run();

    assertThat(server.requests("rotate")).hasSize(2);
    assertThat(published(server.requests("rotate").getLast())).isEqualTo(2);
    assertThat(rotation.next()).isEqualTo(clock.instant().plus(AGE).minus(Duration.ofDays(1)));
  }

  @Test
  void anEarlierKeyIsKeptForItsTimeAndThenForgotten() throws Exception {
    login();
    clock.advance(AGE);
    login();

    clock.advance(KEPT);
    login();
    assertThat(device.records.count(RecordKind.SIGNED_PREKEY)).isEqualTo(3);
    clock.advance(Duration.ofMillis(1));
    login();

    assertThat(device.records.count(RecordKind.SIGNED_PREKEY)).isEqualTo(2);
    assertThat(current()).isEqualTo(3);
  }

  @Test
  void howeverOftenItRotatesFewEarlierKeysAreKept() throws Exception {
    PreKeyLimits hasty = new PreKeyLimits(4, 1, 1, Duration.ofMinutes(1), KEPT);
    for (int round = 0; round < 20; round++) {
      login(hasty);
      clock.advance(Duration.ofMinutes(1));
    }
    login(hasty);

    assertThat(current()).isEqualTo(21);
    assertThat(device.records.count(RecordKind.SIGNED_PREKEY)).isBetween(9L, 10L);
  }

  private SignedPreKeyRotation login() throws InterruptedException {
    return login(LIMITS);
  }

  private SignedPreKeyRotation login(PreKeyLimits limits) throws InterruptedException {
    AccountState account = device.account();
    SignedPreKeyRotation rotation =
        new SignedPreKeyRotation(account, server.stream(clock), limits, clock, LinkedDevice.RANDOM);
    rotation.run();
    return rotation;
  }

  private int current() {
    return device.account().credentials().keys().signedPreKey().id();
  }

  private static int published(Node request) {
    return new BigInteger(1, request.descendant("rotate", "skey", "id").orElseThrow().bytes())
        .intValue();
  }
}
