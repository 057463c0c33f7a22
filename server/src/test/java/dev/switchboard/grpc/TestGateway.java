package dev.switchboard.grpc;

import dev.switchboard.access.ApiKeys;
import dev.switchboard.access.Role;
import dev.switchboard.access.TenantStore;
import dev.switchboard.contact.Contacts;
import dev.switchboard.contact.Presences;
import dev.switchboard.event.reading.ReadingLimits;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.event.EventGrpcService;
import dev.switchboard.grpc.event.EventViews;
import dev.switchboard.instance.Instances;
import dev.switchboard.instance.PresenceWishes;
import dev.switchboard.instance.Supervisor;
import dev.switchboard.instance.pairing.Feed;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.reconnect.Admission;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.outbox.OutboxLimits;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.outbox.sender.SendPolicy;
import dev.switchboard.testing.InMemoryContactStore;
import dev.switchboard.testing.InMemoryEventConsumerStore;
import dev.switchboard.testing.InMemoryEvents;
import dev.switchboard.testing.InMemoryInstanceStore;
import dev.switchboard.testing.InMemoryJournal;
import dev.switchboard.testing.InMemoryMessages;
import dev.switchboard.testing.InMemoryPresenceStore;
import dev.switchboard.testing.SendingBench;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The core on stores in memory and a network without a wire, and its services. */
public final class TestGateway implements AutoCloseable {
  static final int QUEUE_LIMIT = 5;
  static final int SUBSCRIBERS = 3;
  static final int PRESENCES = 3;

  /** Few events are in memory, so that who lags reads the log. */
  private static final ReadingLimits READING =
      new ReadingLimits(SUBSCRIBERS, 100, 1 << 20, Duration.ofMinutes(1), 1 << 20, 1 << 20);

  static final int LEDGER_LIMIT = 4;
  static final long BULK_BYTES = 2 << 20;
  static final TenantId OTHER = new TenantId("other");

  private final InstantSource clock = InstantSource.system();
  final InMemoryEvents events = new InMemoryEvents(clock, READING);
  final InMemoryInstanceStore instanceStore = new InMemoryInstanceStore(events);
  final ScriptedNetwork network = new ScriptedNetwork();
  final MemoryStores.Keys keyStore = new MemoryStores.Keys();
  final ApiKeys keys;
  final ApiServices services;
  final InMemoryMessages messages = new InMemoryMessages(events);
  final SendingBench bench;
  final InMemoryContactStore contactStore = new InMemoryContactStore(events);
  final Contacts contacts = new Contacts(contactStore);
  final Presences presences =
      new Presences(new InMemoryPresenceStore(instanceStore), contactStore, PRESENCES);
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public TestGateway() {
    SecureRandom random = new SecureRandom();
    var tenants = new MemoryStores.Tenants();
    tenants.insert(new TenantStore.Tenant(TenantId.DEFAULT, "", Instant.EPOCH));
    tenants.insert(new TenantStore.Tenant(OTHER, "", Instant.EPOCH));
    keys = new ApiKeys(keyStore, clock, random);
    bench =
        new SendingBench(
            clock,
            new SendPolicy(List.of(Duration.ofMillis(10)), 2, 1, Duration.ofMillis(10)),
            new OutboxLimits(QUEUE_LIMIT, 1_000, 1_000, 10),
            new InMemoryJournal(),
            messages);
    Sending sending = bench.sending;
    Feed<PairingEvent> pairings = new Feed<>(SUBSCRIBERS, 100);
    Supervisor supervisor =
        new Supervisor(
            Map.of(Network.SANDBOX, network),
            instanceStore,
            pairings,
            sending.departures(),
            sending.senders(),
            messages,
            contacts,
            presences,
            new Admission(4, Duration.ofMinutes(1), clock),
            new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ZERO),
            RoutePolicy.ANY,
            clock,
            new Random(1));
    Instances instances = new Instances(instanceStore, supervisor, pairings, clock);
    RequestLedger ledger = new RequestLedger(clock, LEDGER_LIMIT);
    RandomIds ids = new RandomIds(random);
    EventGrpcService eventService =
        new EventGrpcService(
            events.events(),
            events.cursors(),
            new InMemoryEventConsumerStore(),
            contacts,
            ledger,
            clock);
    EventViews views = eventService.views(events.backlog());
    services =
        new ApiServices(
            List.of(
                new InstanceGrpcService(instances, ledger, views, ids),
                new MessagingGrpcService(
                    instances,
                    sending.outbox(),
                    sending.bulks(),
                    sending.control(),
                    messages,
                    ledger,
                    views,
                    BULK_BYTES),
                new QueueGrpcService(instances, sending.control(), ledger),
                new ContactGrpcService(instances, contacts, views),
                new PresenceGrpcService(
                    new PresenceWishes(instanceStore, presences, supervisor), ledger),
                eventService,
                new AccessGrpcService(keys, tenants, ledger, ids, clock)),
            keys,
            ids,
            metrics);
  }

  public ApiServices services() {
    return services;
  }

  public PrometheusMeterRegistry metrics() {
    return metrics;
  }

  /** Whether a call ever did what may block on a platform thread. */
  public boolean blockedPlatformThread() {
    return keyStore.wasAskedByPlatformThread();
  }

  /** A fresh key; null for one of the whole gateway. */
  public String key(@Nullable TenantId tenant, Role role) {
    return keys.issue(tenant, role, "test", null).secret();
  }

  @Override
  public void close() {
    events.close();
  }

  /** An administrator's key of the whole gateway. */
  public String administratorKey() {
    return key(null, Role.ADMINISTRATOR);
  }
}
