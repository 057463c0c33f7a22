package dev.switchboard.loadtest.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageAccepted;
import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.api.v1.MessageFailed;
import dev.switchboard.api.v1.MessageReceived;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.MessageStatusChanged;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.loadtest.events.Outcomes.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private final Outcomes outcomes =
      new Outcomes(text ->
          text.isEmpty() ? Optional.empty() : Optional.of(new Place(1, Integer.parseInt(text))));

  @Test
  void agreesWithAHistoryThatWasTold() {
    outcomes.take(accepted("a", "0"));
    outcomes.take(sent("a"));
    outcomes.take(accepted("b", "1"));
    outcomes.take(failed("b"));
    outcomes.take(
        Event.newBuilder()
            .setMessageReceived(MessageReceived.newBuilder().setMessage(message("c", "2")))
            .build());
    assertThat(
            outcomes.untold(
                List.of(
                    message("a", "0").setStatus(MessageStatus.MESSAGE_STATUS_SENT).build(),
                    message("b", "1").setStatus(MessageStatus.MESSAGE_STATUS_FAILED).build())))
        .isZero();
    assertThat(outcomes.acceptedTwice()).isZero();
    assertThat(outcomes.reordered()).isZero();
  }

  @Test
  void missesAMessageAndAStatusThatWereNotTold() {
    outcomes.take(accepted("a", "0"));
    assertThat(
            outcomes.untold(
                List.of(
                    message("a", "0").setStatus(MessageStatus.MESSAGE_STATUS_SENT).build(),
                    message("b", "1").setStatus(MessageStatus.MESSAGE_STATUS_ACCEPTED).build())))
        .isEqualTo(2);
  }

  @Test
  void seesWhatIsAcceptedTwiceAndOutOfOrder() {
    outcomes.take(accepted("a", "1"));
    outcomes.take(accepted("b", "0"));
    outcomes.take(accepted("b", "0"));
    assertThat(outcomes.acceptedTwice()).isEqualTo(1);
    assertThat(outcomes.reordered()).isEqualTo(2);
  }

  private static Event accepted(String id, String text) {
    var message = message(id, text).setStatus(MessageStatus.MESSAGE_STATUS_ACCEPTED);
    return Event.newBuilder()
        .setMessageAccepted(MessageAccepted.newBuilder().setMessage(message))
        .build();
  }

  private static Event sent(String id) {
    var message = message(id, "").setStatus(MessageStatus.MESSAGE_STATUS_SENT);
    return Event.newBuilder()
        .setMessageStatusChanged(MessageStatusChanged.newBuilder().setMessage(message))
        .build();
  }

  private static Event failed(String id) {
    var message = message(id, "").setStatus(MessageStatus.MESSAGE_STATUS_FAILED);
    return Event.newBuilder()
        .setMessageFailed(MessageFailed.newBuilder().setMessage(message))
        .build();
  }

  private static Message.Builder message(String id, String text) {
    return Message.newBuilder()
        .setMessageId(id)
        .setDirection(MessageDirection.MESSAGE_DIRECTION_OUTBOUND)
        .setText(TextContent.newBuilder().setText(text));
  }
}
