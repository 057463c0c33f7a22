package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchboard.access.Role;
import dev.switchboard.api.v1.CancelMessageRequest;
import dev.switchboard.api.v1.ClearQueueRequest;
import dev.switchboard.api.v1.ErrorReason;
import dev.switchboard.api.v1.GetMessageRequest;
import dev.switchboard.api.v1.GetQueueStatisticsRequest;
import dev.switchboard.api.v1.ListDeadLettersRequest;
import dev.switchboard.api.v1.ListQueuedMessagesRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessagePriority;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.PauseQueueRequest;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.QueueServiceGrpc;
import dev.switchboard.api.v1.QueueStatistics;
import dev.switchboard.api.v1.QueuedMessage;
import dev.switchboard.api.v1.RequeueMessagesRequest;
import dev.switchboard.api.v1.RequeueResult;
import dev.switchboard.api.v1.RescheduleMessageRequest;
import dev.switchboard.api.v1.ResumeQueueRequest;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.WaitFor;
import dev.switchboard.contract.Times;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.testing.Eventually;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What callers may do with what waits. */
class QueueTest extends ApiTest {
  private final Instant later = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(3_600);

  @Test
  void takesAMessageBackThatWaits() throws Exception {
    createLinked("desk");
    Message waiting = send(text("x").setNotBefore(Times.toContract(later)));
    var cancel = cancel(waiting).setRequestId(UUID.randomUUID().toString()).build();
    Message cancelled = administrator.messages().cancelMessage(cancel).getMessage();
    assertThat(cancelled.getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_CANCELLED);
    assertThat(get(waiting)).isEqualTo(cancelled);
    assertThat(administrator.messages().cancelMessage(cancel).getMessage()).isEqualTo(cancelled);
    assertThat(reason(() -> administrator.messages().cancelMessage(cancel(waiting).build())))
        .isEqualTo("FAILED_PRECONDITION MESSAGE_NOT_WAITING");
    var unknown = cancel(waiting).setMessageId("3EB0FF").build();
    assertThat(reason(() -> administrator.messages().cancelMessage(unknown)))
        .isEqualTo("NOT_FOUND MESSAGE_NOT_FOUND");
    Message sent = send(text("y").setWaitFor(WaitFor.WAIT_FOR_SENT));
    assertThat(reason(() -> administrator.messages().cancelMessage(cancel(sent).build())))
        .isEqualTo("FAILED_PRECONDITION MESSAGE_NOT_WAITING");
  }

  @Test
  void movesAMessageThatWaits() throws Exception {
    createLinked("desk");
    Message waiting =
        send(
            text("x")
                .setNotBefore(Times.toContract(later))
                .setExpireTime(Times.toContract(later.plusSeconds(10))));
    var request =
        RescheduleMessageRequest.newBuilder()
            .setInstanceId("desk")
            .setMessageId(waiting.getMessageId());
    var tooLate = request.setNotBefore(Times.toContract(later.plusSeconds(60))).build();
    assertThat(reason(() -> administrator.messages().rescheduleMessage(tooLate)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    var moved = request.setNotBefore(Times.toContract(later.plusSeconds(5))).build();
    assertThat(administrator.messages().rescheduleMessage(moved).getNotBefore())
        .isEqualTo(moved.getNotBefore());
    assertThat(queue().getFirst().getNotBefore()).isEqualTo(moved.getNotBefore());
    administrator.messages().rescheduleMessage(request.clearNotBefore().build());
    Eventually.until("it is sent", () -> get(waiting).hasSentTime());
  }

  @Test
  void pausesAndGoesOn() throws Exception {
    createLinked("desk");
    var pause = PauseQueueRequest.newBuilder().setInstanceId("desk").build();
    assertThat(queues().pauseQueue(pause).getStatistics().getPaused()).isTrue();
    Message low = send(text("a").setPriority(MessagePriority.MESSAGE_PRIORITY_LOW));
    send(text("b"));
    send(text("c").setNotBefore(Times.toContract(later)));
    QueueStatistics statistics = statistics();
    assertThat(statistics.getPaused()).isTrue();
    assertThat(statistics.getConnected()).isTrue();
    assertThat(statistics.getWaitingLow()).isEqualTo(1);
    assertThat(statistics.getWaitingNormal()).isEqualTo(1);
    assertThat(statistics.getScheduled()).isEqualTo(1);
    assertThat(statistics.getOldestAcceptTime()).isEqualTo(low.getOccurTime());
    var resume = ResumeQueueRequest.newBuilder().setInstanceId("desk").build();
    assertThat(queues().resumeQueue(resume).getStatistics().getPaused()).isFalse();
    Eventually.until("it is sent", () -> get(low).hasSentTime());
  }

  @Test
  void listsWhatWaitsInPagesAndClearsIt() throws Exception {
    createLinked("desk");
    List<String> accepted = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      accepted.add(send(text("x").setNotBefore(Times.toContract(later))).getMessageId());
    }
    List<String> listed = new ArrayList<>();
    var request = ListQueuedMessagesRequest.newBuilder().setInstanceId("desk").setPageSize(2);
    do {
      var page = queues().listQueuedMessages(request.build());
      page.getMessagesList().forEach(one -> listed.add(one.getMessage().getMessageId()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertThat(listed).isEqualTo(accepted);

    var clear = ClearQueueRequest.newBuilder().setInstanceId("desk").build();
    assertThat(queues().clearQueue(clear).getCancelled()).isEqualTo(5);
    assertThat(queue()).isEmpty();
  }

  @Test
  void givesWhatFailedAnotherChance() throws Exception {
    createLinked("desk");
    phone("desk").refuse(new Failure(FailureCause.RECIPIENT_REFUSED, "479"));
    Message failed = send(text("x").setWaitFor(WaitFor.WAIT_FOR_SENT));
    Message waiting = send(text("y").setNotBefore(Times.toContract(later)));
    var request = ListDeadLettersRequest.newBuilder().setInstanceId("desk").build();
    assertThat(queues().listDeadLetters(request).getMessagesList()).containsExactly(failed);
    phone("desk").refuse(null);

    var requeue =
        RequeueMessagesRequest.newBuilder()
            .setInstanceId("desk")
            .addMessageIds(failed.getMessageId())
            .addMessageIds(waiting.getMessageId())
            .addMessageIds("3EB0FF")
            .build();
    assertThat(queues().requeueMessages(requeue).getResultsList())
        .extracting(RequeueResult::getMessageId, result -> result.getError().getReason())
        .containsExactly(
            tuple(failed.getMessageId(), ErrorReason.ERROR_REASON_UNSPECIFIED),
            tuple(waiting.getMessageId(), ErrorReason.ERROR_REASON_MESSAGE_NOT_FAILED),
            tuple("3EB0FF", ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND));
    Eventually.until("it is sent", () -> get(failed).hasSentTime());
    assertThat(queues().listDeadLetters(request).getMessagesList()).isEmpty();
  }

  @Test
  void letsReadersLookOnly() throws Exception {
    createLinked("desk");
    var reader = client(TenantId.DEFAULT, Role.READER);
    var stub = reader.keyed(QueueServiceGrpc.newBlockingV2Stub(channel));
    var look = GetQueueStatisticsRequest.newBuilder().setInstanceId("desk").build();
    assertThat(stub.getQueueStatistics(look).getStatistics().getPaused()).isFalse();
    var pause = PauseQueueRequest.newBuilder().setInstanceId("desk").build();
    assertThat(reason(() -> stub.pauseQueue(pause)))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
    var other = GetQueueStatisticsRequest.newBuilder().setInstanceId("nobody").build();
    assertThat(reason(() -> stub.getQueueStatistics(other)))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
  }

  private QueueServiceGrpc.QueueServiceBlockingV2Stub queues() {
    return administrator.keyed(QueueServiceGrpc.newBlockingV2Stub(channel));
  }

  private List<QueuedMessage> queue() throws Exception {
    var request = ListQueuedMessagesRequest.newBuilder().setInstanceId("desk").build();
    return queues().listQueuedMessages(request).getMessagesList();
  }

  private QueueStatistics statistics() throws Exception {
    var request = GetQueueStatisticsRequest.newBuilder().setInstanceId("desk").build();
    return queues().getQueueStatistics(request).getStatistics();
  }

  private Message get(Message message) {
    var request =
        GetMessageRequest.newBuilder()
            .setInstanceId("desk")
            .setMessageId(message.getMessageId())
            .build();
    try {
      return administrator.messages().getMessage(request).getMessage();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static CancelMessageRequest.Builder cancel(Message message) {
    return CancelMessageRequest.newBuilder()
        .setInstanceId("desk")
        .setMessageId(message.getMessageId());
  }

  private Message send(SendMessageRequest.Builder request) throws Exception {
    return administrator.messages().sendMessage(request.build()).getMessage();
  }

  private static SendMessageRequest.Builder text(String body) {
    return SendMessageRequest.newBuilder()
        .setInstanceId("desk")
        .setTo(Peer.newBuilder().setPhoneNumber("+15550001000"))
        .setText(TextContent.newBuilder().setText(body));
  }
}
