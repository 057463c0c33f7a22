package dev.switchboard.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectionEnd.LoggedOut;
import dev.switchboard.connector.ConnectionEnd.Lost;
import dev.switchboard.connector.ConnectionEnd.Reconnect;
import dev.switchboard.connector.ConnectionEnd.Refused;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndingsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Endings endings = new Endings(InstantSource.fixed(NOW));

  @ParameterizedTest
  @ValueSource(strings = {"401"})
  void aDeadLoginLogsOut(String reason) {
    assertThat(failure(reason))
        .isEqualTo(new LoggedOut(StateCause.DEVICE_REMOVED, "failure " + reason));
  }

  @ParameterizedTest
  @CsvSource({
    "403, ACCOUNT_LOCKED",
    "405, CLIENT_OUTDATED",
    "406, BANNED",
    "400, REFUSED",
    "409, REFUSED",
    "418, REFUSED",
    "nonsense, REFUSED"
  })
  void everyOtherRefusalIsTerminal(String reason, StateCause cause) {
    assertThat(failure(reason))
        .isInstanceOfSatisfying(
            Refused.class,
            end -> {
              assertThat(end.cause()).isEqualTo(cause);
              assertThat(end.until()).isNull();
            });
  }

  @Test
  void aTemporaryBanSaysWhenItEnds() {
    Node banned = Node.of("failure", Map.of("reason", "402", "code", "101", "expire", "3600"));

    assertThat(endings.of(banned))
        .contains(
            new Refused(
                StateCause.TEMPORARILY_BANNED, "failure 402, code 101", NOW.plusSeconds(3600)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "soon", "99999999999999999999"})
  void aBanWithoutASensibleEndHasNone(String expire) {
    Node banned = Node.of("failure", Map.of("reason", "402", "expire", expire));

    assertThat(endings.of(banned).orElseThrow())
        .isInstanceOfSatisfying(Refused.class, end -> assertThat(end.until()).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "503"})
  void aServiceThatIsAwayIsWorthAnotherTry(String code) {
    assertThat(failure(code))
        .isEqualTo(new Lost(StateCause.SERVICE_UNAVAILABLE, "failure " + code));
    assertThat(streamError(code))
        .isEqualTo(new Lost(StateCause.SERVICE_UNAVAILABLE, "stream error " + code));
  }

  @Test
  void code515AsksForANewConnection() {
    assertThat(streamError("515")).isEqualTo(new Reconnect());
  }

  @Test
  void streamError401LogsOut() {
    assertThat(streamError("401")).isInstanceOf(LoggedOut.class);
  }

  @Test
  void anUnknownStreamErrorIsTerminal() {
    assertThat(streamError("440"))
        .isEqualTo(new Refused(StateCause.REFUSED, "stream error 440", null));
  }

  @Test
  void aConflictSaysWhoTookOverOrThatTheDeviceIsGone() {
    assertThat(conflict("device_removed")).isInstanceOf(LoggedOut.class);
    assertThat(conflict("replaced"))
        .isInstanceOfSatisfying(
            Refused.class, end -> assertThat(end.cause()).isEqualTo(StateCause.REPLACED));
  }

  @Test
  void aBrokenStreamIsOnlyThisConnectionsFault() {
    Node broken = Node.of("stream:error", Node.of("xml-not-well-formed"));

    assertThat(endings.of(broken))
        .contains(new Lost(StateCause.CONNECTION_LOST, "stream error xml-not-well-formed"));
    assertThat(endings.of(Node.of("xmlstreamend"))).get().isInstanceOf(Lost.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "success", "iq", "ib", "ack"})
  void nothingElseEndsTheConnection(String tag) {
    assertThat(endings.of(Node.of(tag))).isEmpty();
  }

  private ConnectionEnd failure(String reason) {
    return endings.of(Node.of("failure", Map.of("reason", reason))).orElseThrow();
  }

  private ConnectionEnd streamError(String code) {
    return endings.of(Node.of("stream:error", Map.of("code", code))).orElseThrow();
  }

  private ConnectionEnd conflict(String type) {
    Node conflict = Node.of("conflict", Map.of("type", type));
    return endings.of(Node.of("stream:error", conflict)).orElseThrow();
  }
}
