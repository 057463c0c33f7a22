package dev.switchboard.whatsapp.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.whatsapp.wire.Node;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersUnderwayTest {
  private static final String PHONE = "15550001111@s.whatsapp.net";
  private static final String DESKTOP = "15550001111:3@s.whatsapp.net";

  private final AnswersUnderway underway = new AnswersUnderway();

  @Test
  void settlesTheRequestOfTheDeviceThatWasAnswered() {
    underway.add(answer("M1", PHONE), request("M1", PHONE));
    underway.add(answer("M1", DESKTOP), request("M1", DESKTOP));

    assertThat(underway.settledBy(ack("M1", DESKTOP))).hasValue(request("M1", DESKTOP));
    assertThat(underway.settledBy(ack("M1", DESKTOP))).isEmpty();
    assertThat(underway.settledBy(ack("M1", PHONE))).hasValue(request("M1", PHONE));
  }

  @Test
  void settlesNothingByTheAcknowledgementOfSomethingElse() {
    underway.add(answer("M1", PHONE), request("M1", PHONE));

    assertThat(underway.settledBy(ack("M2", PHONE))).isEmpty();
    assertThat(
            underway.settledBy(
                Node.of("ack", Map.of("class", "receipt", "id", "M1", "from", PHONE))))
        .isEmpty();
  }

  @Test
  void forgetsTheOldestBeyondItsBound() {
    for (int i = 0; i <= AnswersUnderway.MOST; i++) {
      underway.add(answer("M" + i, PHONE), request("M" + i, PHONE));
    }

    assertThat(underway.settledBy(ack("M0", PHONE))).isEmpty();
    assertThat(underway.settledBy(ack("M1", PHONE))).isPresent();
    assertThat(underway.settledBy(ack("M" + AnswersUnderway.MOST, PHONE))).isPresent();
  }

  private static Node answer(String id, String to) {
    return Node.of("message", Map.of("id", id, "to", to));
  }

  private static Node request(String id, String from) {
    return Node.of("receipt", Map.of("id", id, "from", from, "type", "retry"));
  }

  private static Node ack(String id, String from) {
    return Node.of("ack", Map.of("class", "message", "id", id, "from", from));
  }
}
