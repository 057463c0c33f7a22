package dev.switchboard.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageReceived;
import dev.switchboard.api.v1.QueuePaused;
import dev.switchboard.api.v1.TextContent;
import org.junit.jupiter.api.Test;

class StampTest {
  @Test
  void isReadFromTheTextOfAMessage() {
    assertThat(Stamp.text(12_345, 40)).hasSize(40);
    assertThat(Stamp.of(received(Stamp.text(12_345, 40)))).isEqualTo(12_345);
    assertThat(Stamp.of(received(Stamp.text(-7, 1)))).isEqualTo(-7);
  }

  @Test
  void isNotInWhatElseHappens() {
    assertThat(Stamp.of(received("hello"))).isEqualTo(Stamp.NONE);
    assertThat(Stamp.of(received(""))).isEqualTo(Stamp.NONE);
    var paused = Event.newBuilder().setQueuePaused(QueuePaused.getDefaultInstance()).build();
    assertThat(Stamp.of(paused)).isEqualTo(Stamp.NONE);
  }

  private static Event received(String text) {
    var message = Message.newBuilder().setText(TextContent.newBuilder().setText(text));
    return Event.newBuilder()
        .setMessageReceived(MessageReceived.newBuilder().setMessage(message))
        .build();
  }
}
