package dev.switchboard.grpc.webhook;

import dev.switchboard.api.v1.ListWebhookDeliveriesRequest;
import dev.switchboard.api.v1.ListWebhookDeliveriesResponse;
import dev.switchboard.contract.PageToken;
import dev.switchboard.contract.webhook.WebhookDeliveryMapper;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.model.GatewayException;
import dev.switchboard.webhook.Delivery;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.Webhooks;
import java.util.Optional;

/** Deliveries of a webhook, page by page. */
record DeliveryPages(Webhooks webhooks) {
  private static final String LIST = "webhook deliveries";

  ListWebhookDeliveriesResponse page(WebhookKey key, ListWebhookDeliveriesRequest request) {
    int size = Pages.size(request.getPageSize());
    var selection = WebhookDeliveryMapper.toModel(request.getSelection());
    var found = webhooks.deliveries(key, selection, before(request.getPageToken()), size + 1);
    var page = Pages.of(found, size, LIST, delivery -> delivery.id().toString());
    return ListWebhookDeliveriesResponse.newBuilder()
        .addAllDeliveries(
            page.items().stream().map(WebhookDeliveryMapper::toContractBriefly).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private static Optional<Delivery.Id> before(String token) {
    String last = PageToken.decode(LIST, token);
    try {
      return last.isEmpty() ? Optional.empty() : Optional.of(Delivery.Id.of(last));
    } catch (GatewayException e) {
      throw GatewayException.invalidField("page_token", "is not a token that this list returned");
    }
  }
}
