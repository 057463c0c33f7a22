package dev.switchboard.grpc.event;

import dev.switchboard.api.v1.AckEventsRequest;
import dev.switchboard.api.v1.AckEventsResponse;
import dev.switchboard.api.v1.DeleteEventConsumerRequest;
import dev.switchboard.api.v1.DeleteEventConsumerResponse;
import dev.switchboard.api.v1.EventSelection;
import dev.switchboard.api.v1.EventServiceGrpc.EventServiceImplBase;
import dev.switchboard.api.v1.ListEventConsumersRequest;
import dev.switchboard.api.v1.ListEventConsumersResponse;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.ListEventsResponse;
import dev.switchboard.api.v1.StreamEventsRequest;
import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.contact.Contacts;
import dev.switchboard.contract.PageToken;
import dev.switchboard.contract.Times;
import dev.switchboard.event.EventBacklog;
import dev.switchboard.event.consumer.EventConsumer;
import dev.switchboard.event.consumer.EventConsumerStore;
import dev.switchboard.event.cursor.Cursors;
import dev.switchboard.event.reading.Events;
import dev.switchboard.event.reading.Reading;
import dev.switchboard.event.reading.Selection;
import dev.switchboard.event.reading.Start;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.EventStream;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.call.Unary;
import dev.switchboard.grpc.event.Places.Begin;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Collectors;

/** Events over gRPC. */
public final class EventGrpcService extends EventServiceImplBase {
  private static final String LIST = "event consumers";
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Events events;
  private final Contacts contacts;
  private final EventConsumerStore consumers;
  private final RequestLedger ledger;
  private final InstantSource clock;
  private final Places places;
  private final SharedSteps steps;

  public EventGrpcService(
      Events events,
      Cursors cursors,
      EventConsumerStore consumers,
      Contacts contacts,
      RequestLedger ledger,
      InstantSource clock) {
    this.events = events;
    this.contacts = contacts;
    this.consumers = consumers;
    this.ledger = ledger;
    this.clock = clock;
    this.places = new Places(events, cursors, consumers);
    this.steps = new SharedSteps(cursors);
  }

  /** For the streams of other services that tell of events. */
  public EventViews views(EventBacklog backlog) {
    return new EventViews(events, backlog, places, steps);
  }

  @Override
  public void streamEvents(
      StreamEventsRequest request, StreamObserver<StreamEventsResponse> answer) {
    Caller caller = Caller.current();
    Selection selection = selection(caller.tenant(), request.getSelection());
    Begin begin = places.begin(caller.tenant(), request.getStart(), new Start.Latest());
    Duration heartbeat =
        request.hasHeartbeatInterval() ? duration(request.getHeartbeatInterval()) : HEARTBEAT;
    Told told = told(caller.tenant(), begin);
    Reading reading = events.open(selection, begin.start());
    EventStream.serve(
        answer,
        EventDelivery.WRITE_LIMIT,
        reading::close,
        stream ->
            new EventDelivery(stream, reading, told, caller, heartbeat, clock).serve(begin.gap()));
  }

  @Override
  public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> answer) {
    TenantId tenant = Caller.current().tenant();
    Selection selection = selection(tenant, request.getSelection());
    Begin begin = places.begin(tenant, request.getStart(), new Start.Earliest());
    int size = Pages.size(request.getPageSize());
    Unary.answer(
        answer,
        () -> {
          Told told = told(tenant, begin);
          try (Reading reading = events.open(selection, begin.start())) {
            return new EventPage(events, reading, told, begin.gap())
                .read(size, duration(request.getWait()));
          }
        });
  }

  @Override
  public void ackEvents(AckEventsRequest request, StreamObserver<AckEventsResponse> answer) {
    TenantId tenant = Caller.current().tenant();
    long position = places.position(tenant, request.getCursor(), "cursor");
    EventConsumer to =
        new EventConsumer(
            tenant, request.getConsumerId(), events.logId(), position, clock.instant());
    Unary.answer(
        answer,
        () ->
            AckEventsResponse.newBuilder().setConsumer(toContract(consumers.advance(to))).build());
  }

  @Override
  public void listEventConsumers(
      ListEventConsumersRequest request, StreamObserver<ListEventConsumersResponse> answer) {
    TenantId tenant = Caller.current().tenant();
    String after = PageToken.decode(LIST, request.getPageToken());
    int size = Pages.size(request.getPageSize());
    Unary.answer(
        answer,
        () -> {
          var page =
              Pages.of(consumers.list(tenant, after, size + 1), size, LIST, EventConsumer::id);
          return ListEventConsumersResponse.newBuilder()
              .addAllConsumers(page.items().stream().map(this::toContract).toList())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void deleteEventConsumer(
      DeleteEventConsumerRequest request, StreamObserver<DeleteEventConsumerResponse> answer) {
    TenantId tenant = Caller.current().tenant();
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          if (!consumers.delete(tenant, request.getConsumerId())) {
            throw new GatewayException(
                Reason.CONSUMER_NOT_FOUND, "the tenant has no consumer of this id");
          }
          return DeleteEventConsumerResponse.getDefaultInstance();
        });
  }

  private Selection selection(TenantId tenant, EventSelection asked) {
    Selection selection =
        new Selection(
            tenant,
            asked.getInstanceIdsList().stream().map(InstanceId::new).collect(Collectors.toSet()),
            asked.getKindsList().stream()
                .map(kind -> EventKind.of(kind.getNumber()))
                .collect(Collectors.toSet()),
            _ -> true);
    return asked.hasChat() ? selection.withAlso(chat(asked)) : selection;
  }

  private ChatFilter chat(EventSelection asked) {
    var account = Caller.current().account(asked.getInstanceIds(0));
    return ChatFilter.of(steps, contacts, account, asked.getChat());
  }

  private Told told(TenantId tenant, Begin begin) {
    return new Told(steps, places, tenant, begin.replayed() ? events.end() : 0);
  }

  private dev.switchboard.api.v1.EventConsumer toContract(EventConsumer consumer) {
    return dev.switchboard.api.v1.EventConsumer.newBuilder()
        .setConsumerId(consumer.id())
        .setCursor(places.cursor(consumer.tenant(), places.position(consumer)))
        .setAckTime(Times.toContract(consumer.acknowledgedAt()))
        .setExpired(places.expired(consumer))
        .build();
  }

  private static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
