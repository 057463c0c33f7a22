package dev.switchboard.store.webhook;

import static dev.switchboard.store.jooq.Tables.WEBHOOK;

import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.store.jooq.tables.records.WebhookRecord;
import dev.switchboard.webhook.Webhook;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import dev.switchboard.webhook.WebhookState;
import dev.switchboard.webhook.Webhooks;
import dev.switchboard.webhook.storage.Progress;
import dev.switchboard.webhook.storage.StoredWebhook;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;

/** Webhooks as rows. */
final class WebhookRow {
  private final WebhookBytes bytes;

  WebhookRow(WebhookBytes bytes) {
    this.bytes = bytes;
  }

  static Condition is(WebhookKey key) {
    return WEBHOOK.TENANT_ID.eq(key.tenant().value()).and(WEBHOOK.ID.eq(key.id()));
  }

  /** The row of a webhook without its secrets, which change for themselves. */
  WebhookRecord row(Webhook webhook, Progress progress) {
    var row = new WebhookRecord();
    var settings = webhook.settings();
    row.setTenantId(webhook.key().tenant().value());
    row.setId(webhook.key().id());
    row.setDisplayName(settings.displayName());
    row.setAddress(bytes.address(webhook.key(), settings));
    row.setInstances(
        settings.instances().stream().map(InstanceId::value).sorted().toArray(String[]::new));
    row.setKinds(settings.kinds().stream().map(EventKind::number).sorted().toArray(Integer[]::new));
    row.setState(webhook.state().name());
    row.setCause(webhook.cause().map(Enum::name).orElse(null));
    row.setCreatedAt(webhook.createdAt());
    row.setUpdatedAt(webhook.updatedAt());
    row.setLogId(progress.log());
    row.setPlace(progress.place());
    row.setRounds(progress.rounds());
    row.setReplayNext(progress.replay().map(Webhooks.Replay::next).orElse(null));
    row.setReplayUntil(progress.replay().map(Webhooks.Replay::until).orElse(null));
    return row;
  }

  StoredWebhook webhook(WebhookRecord row) {
    var key = new WebhookKey(new TenantId(row.getTenantId()), row.getId());
    var webhook =
        new Webhook(
            key,
            settings(key, row),
            WebhookState.valueOf(row.getState()),
            Optional.ofNullable(row.getCause()).map(Webhook.DisabledCause::valueOf),
            row.getCreatedAt(),
            row.getUpdatedAt());
    return new StoredWebhook(webhook, bytes.secrets(key, row.getSecrets()), progress(row));
  }

  private WebhookSettings settings(WebhookKey key, WebhookRecord row) {
    var address = bytes.address(key, row.getAddress());
    Set<InstanceId> instances =
        Arrays.stream(row.getInstances()).map(InstanceId::new).collect(Collectors.toSet());
    Set<EventKind> kinds =
        Arrays.stream(row.getKinds()).map(EventKind::of).collect(Collectors.toSet());
    return new WebhookSettings(
        row.getDisplayName(), address.url(), instances, kinds, address.headers());
  }

  private static Progress progress(WebhookRecord row) {
    var next = Optional.ofNullable(row.getReplayNext());
    var replay = next.map(from -> new Webhooks.Replay(row.getRounds(), from, row.getReplayUntil()));
    return new Progress(row.getLogId(), row.getPlace(), row.getRounds(), replay);
  }
}
