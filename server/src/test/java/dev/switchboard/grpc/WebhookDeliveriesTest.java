package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.switchboard.access.Role;
import dev.switchboard.api.v1.CancelWebhookReplayRequest;
import dev.switchboard.api.v1.ClearWebhookDeliveriesRequest;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.GetWebhookDeliveryRequest;
import dev.switchboard.api.v1.GetWebhookStatisticsRequest;
import dev.switchboard.api.v1.ListWebhookDeliveriesRequest;
import dev.switchboard.api.v1.ReplayWebhookEventsRequest;
import dev.switchboard.api.v1.RetryWebhookDeliveriesRequest;
import dev.switchboard.api.v1.WebhookAttempt;
import dev.switchboard.api.v1.WebhookDelivery;
import dev.switchboard.api.v1.WebhookDeliverySelection;
import dev.switchboard.api.v1.WebhookDeliveryState;
import dev.switchboard.api.v1.WebhookFailureCause;
import dev.switchboard.api.v1.WebhookServiceGrpc.WebhookServiceBlockingV2Stub;
import dev.switchboard.api.v1.WebhookUnreachedCause;
import dev.switchboard.contract.Times;
import dev.switchboard.event.reading.Start;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.EventBench;
import dev.switchboard.testing.Samples;
import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.DeliveryState;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import io.grpc.StatusException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What callers are told of deliveries, and what they may do with them, over real gRPC. */
@Timeout(60)
class WebhookDeliveriesTest {
  private static final WebhookKey ORDERS = new WebhookKey(TenantId.DEFAULT, "orders");
  private static final String INVALID = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String UNKNOWN = "NOT_FOUND WEBHOOK_NOT_FOUND";

  private static final WebhookDeliveryState WAITING =
      WebhookDeliveryState.WEBHOOK_DELIVERY_STATE_WAITING;
  private static final WebhookDeliveryState DELIVERED =
      WebhookDeliveryState.WEBHOOK_DELIVERY_STATE_DELIVERED;
  private static final WebhookDeliveryState FAILED =
      WebhookDeliveryState.WEBHOOK_DELIVERY_STATE_FAILED;
  private static final WebhookDeliveryState CLEARED =
      WebhookDeliveryState.WEBHOOK_DELIVERY_STATE_CLEARED;

  @TempDir static Path folder;
  private static WebhookBoard board;
  private static WebhookServiceBlockingV2Stub client;

  @BeforeAll
  static void open() throws InterruptedException {
    board = new WebhookBoard(folder);
    client = board.client(TenantId.DEFAULT, Role.OPERATOR);
    var settings = new WebhookSettings("", "https://shop.example/", Set.of(), Set.of(), Map.of());
    board.webhooks.create(ORDERS, settings);
    board.bench.tell(EventBench.account("shop"), "one", "two");
  }

  @AfterAll
  static void close() {
    board.close();
  }

  @BeforeEach
  void forget() {
    board.webhooks.deliveries.clear();
    board.webhooks.replays.clear();
    board.webhooks.retried.clear();
    board.webhooks.cleared.clear();
  }

  @Test
  void listsTheNewestFirstPageByPage() throws Exception {
    for (int position = 1; position <= 5; position++) {
      add(position, DeliveryState.DELIVERED, position);
    }
    var request = ListWebhookDeliveriesRequest.newBuilder().setWebhookId("orders").setPageSize(2);
    List<String> ids = new ArrayList<>();
    do {
      var page = client.listWebhookDeliveries(request.build());
      assertThat(page.getDeliveriesCount()).isLessThanOrEqualTo(2);
      page.getDeliveriesList().forEach(delivery -> ids.add(delivery.getDeliveryId()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertThat(ids).containsExactly("5", "4", "3", "2", "1");
    var forged = request.setPageToken("AAAA").build();
    assertThat(reason(() -> client.listWebhookDeliveries(forged))).isEqualTo(INVALID);
  }

  @Test
  void tellsOnlyWhatWasSelected() throws Exception {
    add(1, DeliveryState.DELIVERED, 1);
    add(2, DeliveryState.FAILED, 2);
    add(3, DeliveryState.WAITING, 3);
    add(4, DeliveryState.CLEARED, 4);
    assertThat(listed(selection().addStates(FAILED))).containsExactly("2");
    assertThat(listed(selection().addStates(WAITING).addStates(CLEARED))).containsExactly("4", "3");
    assertThat(listed(selection().addInstanceIds("shop"))).hasSize(4);
    assertThat(listed(selection().addInstanceIds("other"))).isEmpty();
    assertThat(listed(selection().setStartTime(Times.toContract(at(3))))).containsExactly("4", "3");
    assertThat(listed(selection().addEventIds(event(2)).addEventIds(event(9))))
        .containsExactly("2");
    assertThat(reason(() -> listed(selection().addEventIds("no id")))).isEqualTo(INVALID);
    assertThat(listed(selection().setEndTime(Times.toContract(at(3))))).containsExactly("2", "1");
    assertThat(
            reason(() ->
                listed(
                    selection()
                        .addStates(WebhookDeliveryState.WEBHOOK_DELIVERY_STATE_UNSPECIFIED))))
        .isEqualTo(INVALID);
  }

  @Test
  void showsOneWithItsAttempts() throws Exception {
    add(9, DeliveryState.FAILED, 3);
    WebhookDelivery told = delivery("9");
    assertThat(told.getWebhookId()).isEqualTo("orders");
    assertThat(told.getEventId()).isEqualTo(event(9));
    assertThat(told.getInstanceId()).isEqualTo("shop");
    assertThat(told.getKind()).isEqualTo(EventKind.EVENT_KIND_MESSAGE_RECEIVED);
    assertThat(told.getSequence()).isEqualTo(9);
    assertThat(told.getState()).isEqualTo(FAILED);
    assertThat(told.getFailureCause())
        .isEqualTo(WebhookFailureCause.WEBHOOK_FAILURE_CAUSE_TIME_OVER);
    assertThat(told.getReplay()).isFalse();
    assertThat(told.getAttemptCount()).isEqualTo(2);
    assertThat(told.getAttemptsList()).extracting(WebhookAttempt::getNumber).containsExactly(1, 2);
    WebhookAttempt first = told.getAttempts(0);
    assertThat(first.getUnreached().getCause())
        .isEqualTo(WebhookUnreachedCause.WEBHOOK_UNREACHED_CAUSE_TLS_FAILED);
    assertThat(first.getUnreached().getDetail()).isEqualTo("no name");
    WebhookAttempt second = told.getAttempts(1);
    assertThat(second.getAnswer().getStatusCode()).isEqualTo(500);
    assertThat(second.getAnswer().getBody()).isEqualTo("broken");
    assertThat(second.getAnswer().hasRetryAfter()).isFalse();
    assertThat(Times.toModel(second.getAttemptTime())).isEqualTo(at(2));
    assertThat(Times.toModel(second.getLatency())).isEqualTo(Duration.ofMillis(20));
    var list = ListWebhookDeliveriesRequest.newBuilder().setWebhookId("orders").build();
    assertThat(client.listWebhookDeliveries(list).getDeliveries(0).getAttemptsList())
        .containsExactly(second);
    assertThat(reason(() -> delivery("10"))).isEqualTo("NOT_FOUND DELIVERY_NOT_FOUND");
    assertThat(reason(() -> delivery("x"))).isEqualTo(INVALID);
  }

  @Test
  void countsAndTellsHowFarAReplayIs() throws Exception {
    var request = GetWebhookStatisticsRequest.newBuilder().setWebhookId("orders").build();
    var quiet = client.getWebhookStatistics(request).getStatistics();
    assertThat(quiet.hasReplay()).isFalse();
    assertThat(quiet.getWaitingCount()).isEqualTo(7);
    assertThat(quiet.getBehind()).isTrue();
    assertThat(quiet.getInFlightCount()).isEqualTo(2);
    assertThat(quiet.getLastHour().getFailedCount()).isEqualTo(1);
    assertThat(quiet.getLastDay().getDeliveredCount()).isEqualTo(200);
    assertThat(Times.toModel(quiet.getLatencyP50())).isEqualTo(Duration.ofMillis(9));
    assertThat(Times.toModel(quiet.getLatencyP99())).isEqualTo(Duration.ofMillis(80));
    assertThat(quiet.getBreaker().getOpen()).isTrue();
    assertThat(quiet.getBreaker().getFailureCount()).isEqualTo(12);
    assertThat(quiet.getBreaker().hasProbeTime()).isTrue();

    var replay = client.replayWebhookEvents(since(Instant.EPOCH)).getReplay();
    assertThat(replay.getCursor()).isEqualTo(board.cursors.cursor(TenantId.DEFAULT, 3));
    assertThat(replay.getEndCursor()).isEqualTo(board.cursors.cursor(TenantId.DEFAULT, 9));
    assertThat(client.getWebhookStatistics(request).getStatistics().getReplay()).isEqualTo(replay);
  }

  @Test
  void replaysBehindACursorOrFromATimeOneAtATime() throws Exception {
    long first = board.bench.events.first();
    String cursor = board.cursors.cursor(TenantId.DEFAULT, first);
    var behind =
        ReplayWebhookEventsRequest.newBuilder()
            .setWebhookId("orders")
            .setCursor(cursor)
            .setEndTime(Times.toContract(at(5)))
            .build();
    assertThat(client.replayWebhookEvents(behind).hasReplay()).isTrue();
    assertThat(board.webhooks.replays)
        .containsEntry(
            ORDERS, new ScriptedWebhooks.Range(new Start.At(first), new Start.Since(at(5))));
    assertThat(reason(() -> client.replayWebhookEvents(behind)))
        .isEqualTo("FAILED_PRECONDITION WEBHOOK_REPLAY_RUNNING");

    var end = CancelWebhookReplayRequest.newBuilder().setWebhookId("orders").build();
    assertThat(client.cancelWebhookReplay(end).getCancelled()).isTrue();
    assertThat(client.cancelWebhookReplay(end).getCancelled()).isFalse();
    assertThat(client.replayWebhookEvents(since(at(1))).hasReplay()).isTrue();
    assertThat(board.webhooks.replays)
        .containsEntry(
            ORDERS, new ScriptedWebhooks.Range(new Start.Since(at(1)), new Start.Latest()));
  }

  @Test
  void refusesAReplayFromNowhereOrFromAnothersCursor() {
    var nowhere = ReplayWebhookEventsRequest.newBuilder().setWebhookId("orders");
    assertThat(reason(() -> client.replayWebhookEvents(nowhere.build()))).isEqualTo(INVALID);
    String others = board.cursors.cursor(WebhookBoard.OTHER, 1);
    assertThat(reason(() -> client.replayWebhookEvents(nowhere.clone().setCursor(others).build())))
        .isEqualTo(INVALID);
    var elsewhere =
        new dev.switchboard.event.cursor.Cursors(board.signature(), "a log that is gone");
    var gone = nowhere.clone().setCursor(elsewhere.cursor(TenantId.DEFAULT, 1)).build();
    var status = ApiClient.refusal(() -> client.replayWebhookEvents(gone));
    assertThat(reason(status)).isEqualTo("OUT_OF_RANGE CURSOR_EXPIRED");
    assertThat(ApiClient.detail(status, ErrorInfo.class).getMetadataMap()).containsKey("earliest");
  }

  @Test
  void retriesWhatFailedAndClearsWhatIsNotDelivered() throws Exception {
    var retry =
        RetryWebhookDeliveriesRequest.newBuilder()
            .setWebhookId("orders")
            .setSelection(selection().addInstanceIds("shop"))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    assertThat(client.retryWebhookDeliveries(retry).getRetriedCount()).isEqualTo(2);
    assertThat(client.retryWebhookDeliveries(retry).getRetriedCount()).isEqualTo(2);
    assertThat(board.webhooks.retried)
        .singleElement()
        .isEqualTo(
            new Delivery.Selection(
                Set.of(), Set.of(new InstanceId("shop")), Optional.empty(), Optional.empty()));

    var clear =
        ClearWebhookDeliveriesRequest.newBuilder()
            .setWebhookId("orders")
            .setSelection(selection().addStates(WAITING).addStates(FAILED))
            .build();
    assertThat(client.clearWebhookDeliveries(clear).getClearedCount()).isEqualTo(3);
    assertThat(board.webhooks.cleared.getFirst().states())
        .containsExactlyInAnyOrder(DeliveryState.WAITING, DeliveryState.FAILED);
    for (var state : List.of(DELIVERED, CLEARED)) {
      var wrong = selection().addStates(state);
      assertThat(
              reason(() ->
                  client.retryWebhookDeliveries(retry.toBuilder().setSelection(wrong).build())))
          .isEqualTo(INVALID);
      assertThat(
              reason(() ->
                  client.clearWebhookDeliveries(clear.toBuilder().setSelection(wrong).build())))
          .isEqualTo(INVALID);
    }
  }

  @Test
  void knowsNoDeliveriesOfAnotherTenantsWebhook() {
    var other = board.client(WebhookBoard.OTHER, Role.OPERATOR);
    add(1, DeliveryState.FAILED, 1);
    var list = ListWebhookDeliveriesRequest.newBuilder().setWebhookId("orders").build();
    var get =
        GetWebhookDeliveryRequest.newBuilder().setWebhookId("orders").setDeliveryId("1").build();
    var count = GetWebhookStatisticsRequest.newBuilder().setWebhookId("orders").build();
    var retry = RetryWebhookDeliveriesRequest.newBuilder().setWebhookId("orders").build();
    var clear = ClearWebhookDeliveriesRequest.newBuilder().setWebhookId("orders").build();
    var end = CancelWebhookReplayRequest.newBuilder().setWebhookId("orders").build();
    assertThat(reason(() -> other.listWebhookDeliveries(list))).isEqualTo(UNKNOWN);
    assertThat(reason(() -> other.getWebhookDelivery(get))).isEqualTo(UNKNOWN);
    assertThat(reason(() -> other.getWebhookStatistics(count))).isEqualTo(UNKNOWN);
    assertThat(reason(() -> other.retryWebhookDeliveries(retry))).isEqualTo(UNKNOWN);
    assertThat(reason(() -> other.clearWebhookDeliveries(clear))).isEqualTo(UNKNOWN);
    assertThat(reason(() -> other.replayWebhookEvents(since(at(1))))).isEqualTo(UNKNOWN);
    assertThat(reason(() -> other.cancelWebhookReplay(end))).isEqualTo(UNKNOWN);
    assertThat(board.webhooks.retried).isEmpty();
    var reader = board.client(TenantId.DEFAULT, Role.READER);
    assertThat(reason(() -> reader.retryWebhookDeliveries(retry)))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
  }

  private static void add(long position, DeliveryState state, int second) {
    Attempt unreached =
        new Attempt(
            1,
            at(1),
            Duration.ofMillis(10),
            new Outcome.Unreached(Outcome.Cause.TLS_FAILED, "no name"));
    Attempt answered =
        new Attempt(
            2, at(2), Duration.ofMillis(20), new Outcome.Answered(500, "broken", Optional.empty()));
    board.webhooks.deliveries.add(
        new Delivery(
            ORDERS,
            new Delivery.Id(position, 0),
            event(position),
            Samples.account("shop"),
            dev.switchboard.model.event.EventKind.MESSAGE_RECEIVED,
            position,
            state,
            state == DeliveryState.FAILED
                ? Optional.of(Delivery.Failure.TIME_OVER)
                : Optional.empty(),
            2,
            Optional.empty(),
            at(second),
            List.of(unreached, answered)));
  }

  private static String event(long position) {
    return new UUID(7, position).toString();
  }

  private static Instant at(int second) {
    return Samples.NOW.plusSeconds(second);
  }

  private static WebhookDeliverySelection.Builder selection() {
    return WebhookDeliverySelection.newBuilder();
  }

  private static List<String> listed(WebhookDeliverySelection.Builder selection)
      throws StatusException {
    var request =
        ListWebhookDeliveriesRequest.newBuilder()
            .setWebhookId("orders")
            .setSelection(selection)
            .build();
    return client.listWebhookDeliveries(request).getDeliveriesList().stream()
        .map(WebhookDelivery::getDeliveryId)
        .toList();
  }

  private static WebhookDelivery delivery(String id) throws StatusException {
    return client
        .getWebhookDelivery(
            GetWebhookDeliveryRequest.newBuilder().setWebhookId("orders").setDeliveryId(id).build())
        .getDelivery();
  }

  private static ReplayWebhookEventsRequest since(Instant time) {
    return ReplayWebhookEventsRequest.newBuilder()
        .setWebhookId("orders")
        .setTime(Times.toContract(time))
        .build();
  }
}
