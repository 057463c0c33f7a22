package dev.switchboard.contract.webhook;

import dev.switchboard.api.v1.WebhookDisabledCause;
import dev.switchboard.api.v1.WebhookHeader;
import dev.switchboard.contract.ContractNames;
import dev.switchboard.contract.Times;
import dev.switchboard.contract.event.EventMapper;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.WebhookState;
import java.util.List;

/** Webhooks as callers see them. */
public final class WebhookMapper {
  private WebhookMapper() {}

  /** Without what may be secret: the values of headers. */
  public static dev.switchboard.api.v1.Webhook toContract(Webhook webhook) {
    WebhookSettings settings = webhook.settings();
    var contract =
        dev.switchboard.api.v1.Webhook.newBuilder()
            .setWebhookId(webhook.key().id())
            .setDisplayName(settings.displayName())
            .setUrl(settings.url())
            .addAllInstanceIds(instances(settings))
            .addAllKinds(settings.kinds().stream().sorted().map(EventMapper::toContract).toList())
            .addAllHeaders(headers(settings))
            .setState(toContract(webhook.state()))
            .setCreateTime(Times.toContract(webhook.createdAt()))
            .setUpdateTime(Times.toContract(webhook.updatedAt()));
    webhook.cause().ifPresent(cause -> contract.setDisabledCause(toContract(cause)));
    return contract.build();
  }

  private static List<String> instances(WebhookSettings settings) {
    return settings.instances().stream().map(instance -> instance.value()).sorted().toList();
  }

  private static List<WebhookHeader> headers(WebhookSettings settings) {
    return settings.headers().keySet().stream()
        .map(name -> WebhookHeader.newBuilder().setName(name).build())
        .toList();
  }

  private static dev.switchboard.api.v1.WebhookState toContract(WebhookState state) {
    return ContractNames.toContract(
        dev.switchboard.api.v1.WebhookState.class, "WEBHOOK_STATE_", state);
  }

  private static WebhookDisabledCause toContract(Webhook.DisabledCause cause) {
    return ContractNames.toContract(WebhookDisabledCause.class, "WEBHOOK_DISABLED_CAUSE_", cause);
  }
}
