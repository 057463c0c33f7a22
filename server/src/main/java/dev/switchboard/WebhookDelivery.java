package dev.switchboard;

import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.contract.event.EventJson;
import dev.switchboard.egress.HttpCourier;
import dev.switchboard.egress.client.EgressLimits;
import dev.switchboard.store.webhook.PostgresDeliveryStore;
import dev.switchboard.store.webhook.PostgresWebhookStore;
import dev.switchboard.webhook.Webhooks;
import dev.switchboard.webhook.delivery.DeliveryConfig;
import dev.switchboard.webhook.delivery.RunningWebhooks;
import dev.switchboard.webhook.queue.QueueLimits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Webhooks at work: over the stores and the log of events, and the one way out. */
final class WebhookDelivery implements AutoCloseable {
  private final HttpCourier courier;
  private final RunningWebhooks webhooks;

  private WebhookDelivery(HttpCourier courier, RunningWebhooks webhooks) {
    this.courier = courier;
    this.webhooks = webhooks;
  }

  static WebhookDelivery open(
      SwitchboardConfig config,
      Storage storage,
      MeterRegistry metrics,
      InstantSource clock,
      RandomGenerator random) {
    WebhookMetrics watch = new WebhookMetrics(metrics);
    HttpCourier courier = WayOut.open(config.egress(), limits(config.webhooks()), clock);
    try {
      RunningWebhooks webhooks =
          RunningWebhooks.open(parts(config.webhooks(), storage, courier, clock, random, watch));
      watch.show(webhooks);
      storage.events().telling().ask(webhooks.lowWaterMark());
      return new WebhookDelivery(courier, webhooks);
    } catch (RuntimeException e) {
      courier.close();
      throw e;
    }
  }

  Webhooks webhooks() {
    return webhooks;
  }

  private static RunningWebhooks.Parts parts(
      SwitchboardConfig.Webhooks settings,
      Storage storage,
      HttpCourier courier,
      InstantSource clock,
      RandomGenerator random,
      WebhookMetrics watch) {
    var transactions = storage.database().transactions();
    var encryption = storage.database().encryption();
    EventHistory history = storage.events();
    return new RunningWebhooks.Parts(
        new PostgresWebhookStore(transactions, encryption),
        new PostgresDeliveryStore(transactions, encryption, history.rows()),
        history.events(),
        new EventJson(history.cursors()),
        courier,
        deliveryConfig(settings),
        clock,
        random,
        watch);
  }

  private static EgressLimits limits(SwitchboardConfig.Webhooks settings) {
    return EgressLimits.of(settings.connectTimeout(), settings.timeout(), settings.inFlightTotal());
  }

  private static DeliveryConfig deliveryConfig(SwitchboardConfig.Webhooks settings) {
    return new DeliveryConfig(
        new QueueLimits(
            settings.openLimit(),
            settings.inFlight(),
            settings.retryFor(),
            settings.retryBase(),
            settings.retryCap()),
        settings.inFlightTotal(),
        settings.limitPerTenant(),
        settings.limit(),
        settings.logKept(),
        settings.logLimit(),
        settings.drain());
  }

  @Override
  public void close() {
    webhooks.close();
    courier.close();
  }
}
