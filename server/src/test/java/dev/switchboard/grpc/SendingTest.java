package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.detail;
import static dev.switchboard.grpc.ApiClient.reason;
import static dev.switchboard.grpc.ApiClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.switchboard.api.v1.Instance;
import dev.switchboard.api.v1.ListMessagesRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageFailure;
import dev.switchboard.api.v1.MessagePriority;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.PacingLimit;
import dev.switchboard.api.v1.PacingTyping;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.SendRisk;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.UpdateInstanceRequest;
import dev.switchboard.api.v1.WaitFor;
import dev.switchboard.contract.Times;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a message is sent, when, and how long its call waits. */
class SendingTest extends ApiTest {
  @Test
  void waitsUntilTheNetworkHasIt() throws Exception {
    createLinked("desk");
    Message sent = send(text("x").setWaitFor(WaitFor.WAIT_FOR_SENT));
    assertThat(sent.getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_SENT);
    assertThat(sent.hasSentTime()).isTrue();
  }

  @Test
  void answersAMomentBeforeItsDeadlineWithWhatIsKnown() throws Exception {
    createLinked("desk");
    var request = text("x").setWaitFor(WaitFor.WAIT_FOR_DELIVERED).build();
    var message =
        administrator
            .messages()
            .withDeadlineAfter(2, TimeUnit.SECONDS)
            .sendMessage(request)
            .getMessage();
    assertThat(message.getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_SENT);
  }

  @Test
  void tellsWhoWaitsWhatOnlyTheNetworkKnew() throws Exception {
    createLinked("desk");
    Instant end = Instant.parse("2030-01-01T00:00:00Z");
    assertThat(refused(new Failure(FailureCause.RECIPIENT_NOT_ON_WHATSAPP, "")))
        .isEqualTo("NOT_FOUND RECIPIENT_NOT_ON_WHATSAPP");
    assertThat(refused(new Failure(FailureCause.PRIVACY_TOKEN_MISSING, "")))
        .isEqualTo("UNAVAILABLE PRIVACY_TOKEN_MISSING");
    phone("desk").refuse(new Failure(FailureCause.REACHOUT_TIMELOCK, "", end));
    var status = refusal(() -> send(text("x").setWaitFor(WaitFor.WAIT_FOR_SENT)));
    assertThat(reason(status)).isEqualTo("FAILED_PRECONDITION REACHOUT_TIMELOCK");
    assertThat(detail(status, ErrorInfo.class).getMetadataMap())
        .containsEntry("end_time", end.toString())
        .containsKey("message_id");
  }

  private String refused(Failure failure) {
    phone("desk").refuse(failure);
    return reason(() -> send(text("x").setWaitFor(WaitFor.WAIT_FOR_DELIVERED)));
  }

  @Test
  void answersWithTheFailedMessageWhereNoErrorIsNamedForIt() throws Exception {
    createLinked("desk");
    phone("desk").refuse(new Failure(FailureCause.RECIPIENT_REFUSED, "479"));
    Message failed = send(text("x").setWaitFor(WaitFor.WAIT_FOR_SENT));
    assertThat(failed.getFailure().getCause())
        .isEqualTo(MessageFailure.Cause.CAUSE_RECIPIENT_REFUSED);
  }

  @Test
  void sendsNothingBeforeItsTime() throws Exception {
    createLinked("desk");
    Message waiting = send(text("later").setNotBefore(in(Duration.ofHours(1))));
    Message sent = send(text("now").setWaitFor(WaitFor.WAIT_FOR_SENT));
    assertThat(list(MessageStatus.MESSAGE_STATUS_ACCEPTED)).containsExactly(waiting);
    assertThat(list(MessageStatus.MESSAGE_STATUS_SENT))
        .extracting(Message::getMessageId)
        .containsExactly(sent.getMessageId());
    assertThat(list(MessageStatus.MESSAGE_STATUS_FAILED)).isEmpty();
  }

  @Test
  void refusesTimesThatCannotBe() throws Exception {
    createLinked("desk");
    for (var request :
        List.of(
            text("x").setExpireTime(in(Duration.ofSeconds(-1))),
            text("x").setNotBefore(in(Duration.ofDays(367))),
            text("x").setNotBefore(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)),
            text("x").setNotBefore(in(Duration.ofDays(2))).setExpireTime(in(Duration.ofDays(1))),
            text("x").setPriorityValue(9),
            text("x").setWaitForValue(9))) {
      assertThat(reason(() -> send(request))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    }
    assertThat(send(text("x").setNotBefore(in(Duration.ofDays(-1)))).getMessageId()).isNotEmpty();
  }

  @Test
  void answersTheRepeatOfWhatExpiredMeanwhileAsAtFirst() throws Exception {
    createLinked("desk");
    Instant end = Instant.now().plusSeconds(2);
    var request =
        text("x").setExpireTime(Times.toContract(end)).setRequestId(UUID.randomUUID().toString());
    Message first = send(request);
    Eventually.until("it is over", () -> Instant.now().isAfter(end));
    assertThat(send(request)).isEqualTo(first);
  }

  @Test
  void plansWithoutWritingAnything() throws Exception {
    createLinked("desk");
    gateway.bench.policy(perMinute(1));
    var plan = plan(text("x"));
    assertThat(plan.getLimit()).isEqualTo(PacingLimit.PACING_LIMIT_UNSPECIFIED);
    assertThat(plan.getRisksList())
        .containsExactly(SendRisk.SEND_RISK_COLD_RECIPIENT, SendRisk.SEND_RISK_NEW_ACCOUNT);
    assertThat(list(MessageStatus.MESSAGE_STATUS_UNSPECIFIED)).isEmpty();

    Message sent = send(text("x").setWaitFor(WaitFor.WAIT_FOR_SENT));
    send(text("waits"));

    var later = plan(text("y"));
    assertThat(later.getLimit()).isEqualTo(PacingLimit.PACING_LIMIT_MINUTE_BUDGET);
    assertThat(later.getTime().getSeconds() - sent.getSentTime().getSeconds())
        .isBetween(118L, 121L);
    var urgent = plan(text("y").setPriority(MessagePriority.MESSAGE_PRIORITY_HIGH));
    assertThat(urgent.getTime().getSeconds() - sent.getSentTime().getSeconds()).isBetween(58L, 61L);
    assertThat(plan(text("y").setNotBefore(in(Duration.ofHours(2)))).getLimit())
        .isEqualTo(PacingLimit.PACING_LIMIT_SCHEDULE);
  }

  @Test
  void typesWhatAsksForItOrEveryTextOfAnInstance() throws Exception {
    createLinked("desk");
    assertThat(plan(text("x")).getLimit()).isEqualTo(PacingLimit.PACING_LIMIT_UNSPECIFIED);
    assertThat(plan(text("x").setTyping(true)).getLimit())
        .isEqualTo(PacingLimit.PACING_LIMIT_TYPING);
    var everyText =
        Instance.newBuilder()
            .setInstanceId("desk")
            .setPacing(
                dev.switchboard.api.v1.PacingPolicy.newBuilder()
                    .setTyping(PacingTyping.newBuilder().setEveryText(true)));
    administrator
        .instances()
        .updateInstance(
            UpdateInstanceRequest.newBuilder()
                .setInstance(everyText)
                .setUpdateMask(FieldMask.newBuilder().addPaths("pacing"))
                .build());
    assertThat(plan(text("x")).getLimit()).isEqualTo(PacingLimit.PACING_LIMIT_TYPING);
    assertThat(plan(text("x").setTyping(false)).getLimit())
        .isEqualTo(PacingLimit.PACING_LIMIT_UNSPECIFIED);
  }

  @Test
  void refusesOnlyWhatWouldExpireBeforeItMayGo() throws Exception {
    createLinked("desk");
    gateway.bench.policy(perMinute(1));
    send(text("x").setWaitFor(WaitFor.WAIT_FOR_SENT));
    var status = refusal(() -> send(text("y").setExpireTime(in(Duration.ofSeconds(30)))));
    assertThat(reason(status)).isEqualTo("RESOURCE_EXHAUSTED PACING_BUDGET_EXHAUSTED");
    assertThat(detail(status, ErrorInfo.class).getMetadataMap())
        .containsEntry("limit", "MINUTE_BUDGET")
        .containsKey("planned_time");
    assertThat(detail(status, RetryInfo.class).getRetryDelay().getSeconds()).isBetween(30L, 60L);
    assertThat(send(text("y").setExpireTime(in(Duration.ofSeconds(90)))).getStatus())
        .isEqualTo(MessageStatus.MESSAGE_STATUS_ACCEPTED);
  }

  private static PacingPolicy perMinute(int budget) {
    PacingPolicy none = PacingPolicy.NONE;
    return new PacingPolicy(
        none.gap(),
        new Budgets(budget, 0, 0),
        none.newRecipients(),
        none.quietHours(),
        none.typing());
  }

  private dev.switchboard.api.v1.SendPlan plan(SendMessageRequest.Builder request)
      throws Exception {
    var answer = administrator.messages().sendMessage(request.setValidateOnly(true).build());
    assertThat(answer.hasMessage()).isFalse();
    return answer.getPlan();
  }

  private Message send(SendMessageRequest.Builder request) throws Exception {
    return administrator.messages().sendMessage(request.build()).getMessage();
  }

  private List<Message> list(MessageStatus status) throws Exception {
    var request = ListMessagesRequest.newBuilder().setInstanceId("desk").setStatus(status).build();
    return administrator.messages().listMessages(request).getMessagesList();
  }

  private static Timestamp in(Duration time) {
    return Times.toContract(Instant.now().plus(time));
  }

  private static SendMessageRequest.Builder text(String body) {
    return SendMessageRequest.newBuilder()
        .setInstanceId("desk")
        .setTo(Peer.newBuilder().setPhoneNumber("+15550001000"))
        .setText(TextContent.newBuilder().setText(body));
  }
}
