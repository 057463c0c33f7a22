package dev.switchboard.grpc.webhook;

import dev.switchboard.api.v1.CancelWebhookReplayRequest;
import dev.switchboard.api.v1.CancelWebhookReplayResponse;
import dev.switchboard.api.v1.ClearWebhookDeliveriesRequest;
import dev.switchboard.api.v1.ClearWebhookDeliveriesResponse;
import dev.switchboard.api.v1.CreateWebhookRequest;
import dev.switchboard.api.v1.CreateWebhookResponse;
import dev.switchboard.api.v1.DeleteWebhookRequest;
import dev.switchboard.api.v1.DeleteWebhookResponse;
import dev.switchboard.api.v1.GetWebhookDeliveryRequest;
import dev.switchboard.api.v1.GetWebhookDeliveryResponse;
import dev.switchboard.api.v1.GetWebhookRequest;
import dev.switchboard.api.v1.GetWebhookResponse;
import dev.switchboard.api.v1.GetWebhookStatisticsRequest;
import dev.switchboard.api.v1.GetWebhookStatisticsResponse;
import dev.switchboard.api.v1.ListWebhookDeliveriesRequest;
import dev.switchboard.api.v1.ListWebhookDeliveriesResponse;
import dev.switchboard.api.v1.ListWebhooksRequest;
import dev.switchboard.api.v1.ListWebhooksResponse;
import dev.switchboard.api.v1.ReplayWebhookEventsRequest;
import dev.switchboard.api.v1.ReplayWebhookEventsResponse;
import dev.switchboard.api.v1.RetryWebhookDeliveriesRequest;
import dev.switchboard.api.v1.RetryWebhookDeliveriesResponse;
import dev.switchboard.api.v1.RotateWebhookSecretRequest;
import dev.switchboard.api.v1.RotateWebhookSecretResponse;
import dev.switchboard.api.v1.TestWebhookRequest;
import dev.switchboard.api.v1.TestWebhookResponse;
import dev.switchboard.api.v1.UpdateWebhookRequest;
import dev.switchboard.api.v1.UpdateWebhookResponse;
import dev.switchboard.api.v1.WebhookServiceGrpc.WebhookServiceImplBase;
import dev.switchboard.contract.PageToken;
import dev.switchboard.contract.Times;
import dev.switchboard.contract.webhook.WebhookDeliveryMapper;
import dev.switchboard.contract.webhook.WebhookMapper;
import dev.switchboard.contract.webhook.WebhookSettingsMapper;
import dev.switchboard.grpc.RandomIds;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.call.Unary;
import dev.switchboard.grpc.event.Places;
import dev.switchboard.model.TenantId;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.Webhooks;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** Webhooks over gRPC. */
public final class WebhookGrpcService extends WebhookServiceImplBase {
  private static final String LIST = "webhooks";
  private static final Duration GRACE = Duration.ofHours(24);

  private final Webhooks webhooks;
  private final DeliveryPages deliveries;
  private final Progress progress;
  private final RequestLedger ledger;
  private final RandomIds ids;

  public WebhookGrpcService(Webhooks webhooks, Places places, RequestLedger ledger, RandomIds ids) {
    this.webhooks = webhooks;
    this.deliveries = new DeliveryPages(webhooks);
    this.progress = new Progress(webhooks, places);
    this.ledger = ledger;
    this.ids = ids;
  }

  @Override
  public void createWebhook(
      CreateWebhookRequest request, StreamObserver<CreateWebhookResponse> answer) {
    TenantId tenant = Caller.current().tenant();
    ledger.answer(
        request.getRequestId(), request, answer, () -> create(tenant, request.getWebhook()));
  }

  @Override
  public void getWebhook(GetWebhookRequest request, StreamObserver<GetWebhookResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    Unary.answer(
        answer,
        () ->
            GetWebhookResponse.newBuilder()
                .setWebhook(WebhookMapper.toContract(webhooks.find(key)))
                .build());
  }

  @Override
  public void listWebhooks(
      ListWebhooksRequest request, StreamObserver<ListWebhooksResponse> answer) {
    TenantId tenant = Caller.current().tenant();
    String after = PageToken.decode(LIST, request.getPageToken());
    int size = Pages.size(request.getPageSize());
    Unary.answer(
        answer,
        () -> {
          var found = webhooks.list(tenant, after, size + 1);
          var page = Pages.of(found, size, LIST, webhook -> webhook.key().id());
          return ListWebhooksResponse.newBuilder()
              .addAllWebhooks(page.items().stream().map(WebhookMapper::toContract).toList())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void updateWebhook(
      UpdateWebhookRequest request, StreamObserver<UpdateWebhookResponse> answer) {
    WebhookKey key = key(request.getWebhook().getWebhookId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          var changed =
              RequestFields.of(
                  "webhook",
                  () ->
                      webhooks.update(
                          key,
                          WebhookSettingsMapper.change(request),
                          WebhookSettingsMapper.state(request)));
          return UpdateWebhookResponse.newBuilder()
              .setWebhook(WebhookMapper.toContract(changed))
              .build();
        });
  }

  @Override
  public void deleteWebhook(
      DeleteWebhookRequest request, StreamObserver<DeleteWebhookResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          webhooks.delete(key);
          return DeleteWebhookResponse.getDefaultInstance();
        });
  }

  @Override
  public void rotateWebhookSecret(
      RotateWebhookSecretRequest request, StreamObserver<RotateWebhookSecretResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    Duration grace = request.hasGrace() ? Times.toModel(request.getGrace()) : GRACE;
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          Secret fresh = webhooks.rotateSecret(key, grace);
          return RotateWebhookSecretResponse.newBuilder()
              .setSecret(fresh.text())
              .setPreviousSecretExpireTime(Times.toContract(fresh.createdAt().plus(grace)))
              .build();
        });
  }

  @Override
  public void testWebhook(TestWebhookRequest request, StreamObserver<TestWebhookResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            TestWebhookResponse.newBuilder()
                .setAttempt(WebhookDeliveryMapper.toContract(webhooks.test(key)))
                .build());
  }

  @Override
  public void listWebhookDeliveries(
      ListWebhookDeliveriesRequest request, StreamObserver<ListWebhookDeliveriesResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    Unary.answer(answer, () -> deliveries.page(key, request));
  }

  @Override
  public void getWebhookDelivery(
      GetWebhookDeliveryRequest request, StreamObserver<GetWebhookDeliveryResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    Delivery.Id id = Delivery.Id.of(request.getDeliveryId());
    Unary.answer(
        answer,
        () ->
            GetWebhookDeliveryResponse.newBuilder()
                .setDelivery(WebhookDeliveryMapper.toContract(webhooks.delivery(key, id)))
                .build());
  }

  @Override
  public void getWebhookStatistics(
      GetWebhookStatisticsRequest request, StreamObserver<GetWebhookStatisticsResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    Unary.answer(answer, () -> progress.statistics(key));
  }

  @Override
  public void retryWebhookDeliveries(
      RetryWebhookDeliveriesRequest request,
      StreamObserver<RetryWebhookDeliveriesResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    Delivery.Selection selection = WebhookDeliveryMapper.toModel(request.getSelection());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            RetryWebhookDeliveriesResponse.newBuilder()
                .setRetriedCount(webhooks.retry(key, selection))
                .build());
  }

  @Override
  public void clearWebhookDeliveries(
      ClearWebhookDeliveriesRequest request,
      StreamObserver<ClearWebhookDeliveriesResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    Delivery.Selection selection = WebhookDeliveryMapper.toModel(request.getSelection());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            ClearWebhookDeliveriesResponse.newBuilder()
                .setClearedCount(webhooks.clear(key, selection))
                .build());
  }

  @Override
  public void replayWebhookEvents(
      ReplayWebhookEventsRequest request, StreamObserver<ReplayWebhookEventsResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    ledger.answer(request.getRequestId(), request, answer, () -> progress.replay(key, request));
  }

  @Override
  public void cancelWebhookReplay(
      CancelWebhookReplayRequest request, StreamObserver<CancelWebhookReplayResponse> answer) {
    WebhookKey key = key(request.getWebhookId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            CancelWebhookReplayResponse.newBuilder().setCancelled(webhooks.endReplay(key)).build());
  }

  private CreateWebhookResponse create(TenantId tenant, dev.switchboard.api.v1.Webhook given)
      throws InterruptedException {
    WebhookKey key = new WebhookKey(tenant, ids.orNew(given.getWebhookId()));
    var created =
        RequestFields.of(
            "webhook", () -> webhooks.create(key, WebhookSettingsMapper.initial(given)));
    return CreateWebhookResponse.newBuilder()
        .setWebhook(WebhookMapper.toContract(created.webhook()))
        .setSecret(created.secret().text())
        .build();
  }

  /** The caller's own webhook of this id. */
  private static WebhookKey key(String id) {
    return new WebhookKey(Caller.current().tenant(), id);
  }
}
