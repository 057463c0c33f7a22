package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.CancelMessageRequest;
import dev.switchboard.api.v1.GetQueueStatisticsRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.PauseQueueRequest;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.QueueStatistics;
import dev.switchboard.api.v1.ResumeQueueRequest;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.WaitFor;
import dev.switchboard.contract.Times;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** When messages go, as callers of the public API say, over a restart too. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class SchedulingIT {
  @TempDir private Path folder;

  @Test
  void sendsWhenItIsToldAndNotBefore() throws InterruptedException {
    try (Stage stage = new Stage(folder, 11, Map.of("instances.reconnect-base", "10ms"))) {
      var _ = stage.gateway().link("alice");
      Peer bob = stage.gateway().link("bob");

      Message delivered = send(stage, text(bob, "now").setWaitFor(WaitFor.WAIT_FOR_DELIVERED));
      assertThat(delivered.getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_DELIVERED);
      Instant time = Instant.now().plusSeconds(5);
      Message timed = send(stage, text(bob, "soon").setNotBefore(Times.toContract(time)));
      assertThat(stage.gateway().get("alice", timed.getMessageId()).getText())
          .as("a message is there as soon as it is accepted")
          .isEqualTo(timed.getText());
      Message cancelled =
          send(
              stage,
              text(bob, "never").setNotBefore(Times.toContract(Instant.now().plusSeconds(3_600))));
      cancel(stage, cancelled);
      Message sent = awaitSent(stage, timed);
      assertThat(Times.toModel(sent.getSentTime()))
          .as("the network tells full seconds")
          .isAfterOrEqualTo(time.minusSeconds(1));

      pause(stage);
      Message held = send(stage, text(bob, "after the pause"));
      stage.restartServer();
      stage.gateway().awaitReady("alice");
      assertThat(statistics(stage).getPaused()).isTrue();
      assertThat(statistics(stage).getWaitingNormal()).isEqualTo(1);
      assertThat(stage.gateway().get("alice", held.getMessageId()).getStatus())
          .isEqualTo(MessageStatus.MESSAGE_STATUS_ACCEPTED);
      resume(stage);
      awaitSent(stage, held);
      assertThat(stage.gateway().get("alice", cancelled.getMessageId()).getStatus())
          .isEqualTo(MessageStatus.MESSAGE_STATUS_CANCELLED);
    }
  }

  private static Message awaitSent(Stage stage, Message message) {
    return stage
        .gateway()
        .awaitStatus("alice", message.getMessageId(), MessageStatus.MESSAGE_STATUS_SENT);
  }

  private static Message send(Stage stage, SendMessageRequest.Builder request) {
    return stage.gateway().messaging().sendMessage(request.build()).getMessage();
  }

  private static void cancel(Stage stage, Message message) {
    var request =
        CancelMessageRequest.newBuilder()
            .setInstanceId("alice")
            .setMessageId(message.getMessageId())
            .build();
    assertThat(stage.gateway().messaging().cancelMessage(request).getMessage().getStatus())
        .isEqualTo(MessageStatus.MESSAGE_STATUS_CANCELLED);
  }

  private static void pause(Stage stage) {
    var request = PauseQueueRequest.newBuilder().setInstanceId("alice").build();
    assertThat(stage.gateway().queues().pauseQueue(request).getStatistics().getPaused()).isTrue();
  }

  private static void resume(Stage stage) {
    var request = ResumeQueueRequest.newBuilder().setInstanceId("alice").build();
    assertThat(stage.gateway().queues().resumeQueue(request).getStatistics().getPaused()).isFalse();
  }

  private static QueueStatistics statistics(Stage stage) {
    var request = GetQueueStatisticsRequest.newBuilder().setInstanceId("alice").build();
    return stage.gateway().queues().getQueueStatistics(request).getStatistics();
  }

  private static SendMessageRequest.Builder text(Peer to, String body) {
    return SendMessageRequest.newBuilder()
        .setInstanceId("alice")
        .setTo(to)
        .setText(TextContent.newBuilder().setText(body));
  }
}
