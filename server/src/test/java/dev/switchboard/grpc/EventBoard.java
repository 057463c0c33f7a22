package dev.switchboard.grpc;

import dev.switchboard.access.ApiKeys;
import dev.switchboard.access.Role;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventServiceGrpc;
import dev.switchboard.api.v1.EventServiceGrpc.EventServiceBlockingV2Stub;
import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.contact.Contacts;
import dev.switchboard.contract.event.ContractEvents;
import dev.switchboard.event.EventDraft;
import dev.switchboard.event.cursor.Cursors;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.event.EventGrpcService;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.MasterKey;
import dev.switchboard.store.encryption.Signature;
import dev.switchboard.testing.EventBench;
import dev.switchboard.testing.InMemoryContactStore;
import dev.switchboard.testing.InMemoryEventConsumerStore;
import dev.switchboard.testing.Samples;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Events in a real log, and the service that tells them, on a free port. */
final class EventBoard implements AutoCloseable {
  final EventBench bench;
  final Contacts contacts = new Contacts(new InMemoryContactStore());
  private final ApiKeys keys;
  private final GrpcServer server;
  private final ManagedChannel channel;
  private int messages;

  EventBoard(Path folder) throws InterruptedException {
    bench = EventBench.open(folder);
    SecureRandom random = new SecureRandom();
    keys = new ApiKeys(new MemoryStores.Keys(), InstantSource.system(), random);
    EventGrpcService service =
        new EventGrpcService(
            bench.events,
            new Cursors(signature(random)::of, bench.events.logId()),
            new InMemoryEventConsumerStore(),
            contacts,
            new RequestLedger(bench.clock, 10),
            bench.clock);
    server =
        GrpcServer.start(
            ListenAddress.loopback(0),
            new ApiServices(
                List.of(service), keys, new RandomIds(random), new SimpleMeterRegistry()));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  EventServiceBlockingV2Stub client(TenantId tenant, Role role) {
    String secret = keys.issue(tenant, role, "test", null).secret();
    return new ApiClient(channel, secret).keyed(EventServiceGrpc.newBlockingV2Stub(channel));
  }

  EventServiceBlockingV2Stub client() {
    return client(TenantId.DEFAULT, Role.OPERATOR);
  }

  private static Signature signature(SecureRandom random) {
    return new Signature(new Encryption(MasterKey.random(random)), "event cursors");
  }

  /** Messages come in, one after the other, and are told. */
  void receive(String instance, Peer from, int count) throws InterruptedException {
    receive(Samples.account(instance), from, count);
  }

  void receive(AccountKey account, Peer from, int count) throws InterruptedException {
    List<EventDraft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(draft(account, new EventPayload.MessageReceived(message(account, from))));
    }
    bench.tell(drafts);
  }

  void tell(String instance, EventPayload payload) throws InterruptedException {
    bench.tell(List.of(draft(Samples.account(instance), payload)));
  }

  /** What a stream tells until so many events came; nothing may be missing. */
  static List<Event> events(BlockingClientCall<?, StreamEventsResponse> stream, int count)
      throws Exception {
    List<Event> events = new ArrayList<>();
    while (events.size() < count) {
      StreamEventsResponse step = stream.read(30, TimeUnit.SECONDS);
      if (step == null || step.hasGap()) {
        throw new AssertionError("the stream tells " + step);
      }
      if (step.hasEvent()) {
        events.add(step.getEvent());
      }
    }
    return events;
  }

  /** What the messages say that came in. */
  static List<String> texts(List<Event> events) {
    return events.stream()
        .map(event -> event.getMessageReceived().getMessage().getText().getText())
        .toList();
  }

  private EventDraft draft(AccountKey account, EventPayload payload) {
    Occurrence occurrence = new Occurrence(account, Samples.NOW, payload);
    byte[] content =
        new ContractEvents().encode(UUID.randomUUID(), occurrence, bench.clock.instant());
    return new EventDraft(account, payload.kind(), Samples.NOW, content);
  }

  private Message message(AccountKey account, Peer from) {
    String id = "message " + ++messages;
    return new Message(
        account,
        new MessageId(id),
        from,
        Direction.INBOUND,
        MessageStatus.RECEIVED,
        MessageContent.Text.outbound("text " + messages),
        Samples.NOW,
        Samples.NOW,
        null,
        null,
        null,
        null);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
    bench.close();
  }
}
