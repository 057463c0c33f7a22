package dev.switchboard.grpc.webhook;

import dev.switchboard.api.v1.GetWebhookStatisticsResponse;
import dev.switchboard.api.v1.ReplayWebhookEventsRequest;
import dev.switchboard.api.v1.ReplayWebhookEventsResponse;
import dev.switchboard.contract.Times;
import dev.switchboard.contract.webhook.WebhookStatisticsMapper;
import dev.switchboard.event.reading.Start;
import dev.switchboard.grpc.event.Places;
import dev.switchboard.model.GatewayException;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.Webhooks;
import java.util.function.LongFunction;

/** Where a webhook is in the events: in numbers, and as it is sent back by a replay. */
record Progress(Webhooks webhooks, Places places) {
  GetWebhookStatisticsResponse statistics(WebhookKey key) {
    var counted =
        WebhookStatisticsMapper.toContract(key.id(), webhooks.statistics(key), cursors(key));
    return GetWebhookStatisticsResponse.newBuilder().setStatistics(counted).build();
  }

  ReplayWebhookEventsResponse replay(WebhookKey key, ReplayWebhookEventsRequest request) {
    var replay = webhooks.replay(key, begin(key, request), end(request));
    return ReplayWebhookEventsResponse.newBuilder()
        .setReplay(WebhookStatisticsMapper.toContract(replay, cursors(key)))
        .build();
  }

  private Start begin(WebhookKey key, ReplayWebhookEventsRequest request) {
    return switch (request.getStartCase()) {
      case CURSOR -> new Start.At(places.position(key.tenant(), request.getCursor(), "cursor"));
      case TIME -> new Start.Since(Times.toModel(request.getTime()));
      case START_NOT_SET -> throw GatewayException.invalidField("start", "must be set");
    };
  }

  private static Start end(ReplayWebhookEventsRequest request) {
    return request.hasEndTime()
        ? new Start.Since(Times.toModel(request.getEndTime()))
        : new Start.Latest();
  }

  private LongFunction<String> cursors(WebhookKey key) {
    return position -> places.cursor(key.tenant(), position);
  }
}
