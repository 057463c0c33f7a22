package dev.switchboard.model.message;

import static dev.switchboard.model.message.MessageStatus.ACCEPTED;
import static dev.switchboard.model.message.MessageStatus.CANCELLED;
import static dev.switchboard.model.message.MessageStatus.DELIVERED;
import static dev.switchboard.model.message.MessageStatus.FAILED;
import static dev.switchboard.model.message.MessageStatus.PLAYED;
import static dev.switchboard.model.message.MessageStatus.READ;
import static dev.switchboard.model.message.MessageStatus.RECEIVED;
import static dev.switchboard.model.message.MessageStatus.SENDING;
import static dev.switchboard.model.message.MessageStatus.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageStatusTest {
  private static final Map<MessageStatus, Set<MessageStatus>> TABLE =
      Map.of(
          ACCEPTED, Set.of(SENDING, SENT, DELIVERED, READ, PLAYED, FAILED, CANCELLED),
          SENDING, Set.of(SENT, DELIVERED, READ, PLAYED, FAILED),
          SENT, Set.of(DELIVERED, READ, PLAYED),
          DELIVERED, Set.of(READ, PLAYED),
          READ, Set.of(PLAYED),
          PLAYED, Set.of(),
          FAILED, Set.of(),
          CANCELLED, Set.of(),
          RECEIVED, Set.of());

  @ParameterizedTest
  @EnumSource
  void movesForwardOnly(MessageStatus from) {
    for (MessageStatus to : MessageStatus.values()) {
      assertThat(from.mayBecome(to))
          .as(from + " to " + to)
          .isEqualTo(TABLE.getOrDefault(from, Set.of()).contains(to));
    }
  }
}
