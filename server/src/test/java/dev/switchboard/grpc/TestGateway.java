package dev.switchboard.grpc;

import dev.switchboard.access.ApiKeys;
import dev.switchboard.access.Role;
import dev.switchboard.access.TenantStore;
import dev.switchboard.contact.ContactBatch;
import dev.switchboard.contact.Contacts;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.inbox.Feed;
import dev.switchboard.inbox.Inbox;
import dev.switchboard.inbox.MessageEvent;
import dev.switchboard.instance.Instances;
import dev.switchboard.instance.Supervisor;
import dev.switchboard.instance.reconnect.Admission;
import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.instance.state.InstanceEvent;
import dev.switchboard.instance.state.PairingEvent;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.RoutePolicy;
import dev.switchboard.outbox.OutboxLimits;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.outbox.sender.SendPolicy;
import dev.switchboard.testing.InMemoryContactStore;
import dev.switchboard.testing.InMemoryInstanceStore;
import dev.switchboard.testing.InMemoryJournal;
import dev.switchboard.testing.InMemoryMessages;
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
public final class TestGateway {
  static final int QUEUE_LIMIT = 5;
  static final int SUBSCRIBERS = 3;
  static final int BUFFER = 1_000;
  static final int LEDGER_LIMIT = 4;
  static final long BULK_BYTES = 2 << 20;
  static final TenantId OTHER = new TenantId("other");

  final InMemoryInstanceStore instanceStore = new InMemoryInstanceStore();
  final ScriptedNetwork network = new ScriptedNetwork();
  final Feed<MessageEvent> messageFeed = new Feed<>(SUBSCRIBERS, BUFFER);
  final MemoryStores.Keys keyStore = new MemoryStores.Keys();
  final ApiKeys keys;
  final ApiServices services;
  final Inbox inbox;
  final SendingBench bench;
  final Feed<ContactBatch> contactFeed = new Feed<>(SUBSCRIBERS, BUFFER);
  final Contacts contacts = new Contacts(new InMemoryContactStore(), contactFeed);
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public TestGateway() {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    var tenants = new MemoryStores.Tenants();
    tenants.insert(new TenantStore.Tenant(TenantId.DEFAULT, "", Instant.EPOCH));
    tenants.insert(new TenantStore.Tenant(OTHER, "", Instant.EPOCH));
    keys = new ApiKeys(keyStore, clock, random);
    InMemoryMessages messages = new InMemoryMessages();
    inbox = new Inbox(messages, messageFeed);
    bench =
        new SendingBench(
            clock,
            new SendPolicy(List.of(Duration.ofMillis(10)), 2, 1, Duration.ofMillis(10)),
            new OutboxLimits(QUEUE_LIMIT, 1_000, 1_000, 10),
            new InMemoryJournal(),
            messages.telling(inbox));
    Sending sending = bench.sending;
    Feed<InstanceEvent> changes = new Feed<>(SUBSCRIBERS, BUFFER);
    Feed<PairingEvent> pairings = new Feed<>(SUBSCRIBERS, BUFFER);
    Supervisor supervisor =
        new Supervisor(
            Map.of(Network.SANDBOX, network),
            instanceStore,
            changes,
            pairings,
            sending.departures(),
            sending.senders(),
            inbox,
            contacts,
            new Admission(4, Duration.ofMinutes(1), clock),
            new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ZERO),
            RoutePolicy.ANY,
            clock,
            new Random(1));
    Instances instances = new Instances(instanceStore, supervisor, changes, pairings, clock);
    RequestLedger ledger = new RequestLedger(clock, LEDGER_LIMIT);
    RandomIds ids = new RandomIds(random);
    services =
        new ApiServices(
            List.of(
                new InstanceGrpcService(instances, ledger, ids),
                new MessagingGrpcService(
                    instances,
                    sending.outbox(),
                    sending.bulks(),
                    sending.control(),
                    inbox,
                    messages,
                    ledger,
                    BULK_BYTES),
                new QueueGrpcService(instances, sending.control(), ledger),
                new ContactGrpcService(instances, contacts),
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

  /** An administrator's key of the whole gateway. */
  public String administratorKey() {
    return key(null, Role.ADMINISTRATOR);
  }
}
