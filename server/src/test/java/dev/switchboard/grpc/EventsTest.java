package dev.switchboard.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import dev.switchboard.access.Role;
import dev.switchboard.api.v1.AckEventsRequest;
import dev.switchboard.api.v1.DeleteEventConsumerRequest;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventConsumer;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.EventSelection;
import dev.switchboard.api.v1.EventServiceGrpc.EventServiceBlockingV2Stub;
import dev.switchboard.api.v1.EventStart;
import dev.switchboard.api.v1.ListEventConsumersRequest;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.ListEventsResponse;
import dev.switchboard.api.v1.StreamEventsRequest;
import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.testing.Samples;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events as callers get them, over real gRPC from a real log. */
@Timeout(60)
class EventsTest {
  private static final TenantId OTHER = new TenantId("other");
  private static final EventStart EARLIEST = EventStart.newBuilder().setEarliest(true).build();

  private EventBoard board;
  private EventServiceBlockingV2Stub client;

  @BeforeEach
  void open(@TempDir Path folder) throws InterruptedException {
    board = new EventBoard(folder);
    client = board.client();
  }

  @AfterEach
  void close() {
    board.close();
  }

  @Test
  void beginsWithACursorThenTellsWhatWasThereAndWhatComes() throws Exception {
    board.receive("alice", Samples.BOB, 2);
    var stream = client.streamEvents(from(EARLIEST));
    assertThat(stream.read().getHeartbeat().getCursor()).isNotEmpty();
    List<Event> there = EventBoard.events(stream, 2);
    board.receive("alice", Samples.BOB, 1);
    List<Event> came = EventBoard.events(stream, 1);

    assertThat(there).extracting(Event::getSequence).containsExactly(1L, 2L);
    assertThat(there).allMatch(Event::getReplay, "was asked for anew");
    assertThat(came).extracting(Event::getSequence).containsExactly(3L);
    assertThat(came).noneMatch(Event::getReplay);
    assertThat(came.getFirst().getInstanceId()).isEqualTo("alice");
    assertThat(came.getFirst().getEventId()).hasSize(36);
    assertThat(EventBoard.texts(came)).containsExactly("text 3");
  }

  @Test
  void goesOnBehindACursorWithoutAGapOrARepeat() throws Exception {
    board.receive("alice", Samples.BOB, 3);
    Event second = EventBoard.events(client.streamEvents(from(EARLIEST)), 2).getLast();
    board.receive("alice", Samples.BOB, 1);
    EventStart behind = at(second.getCursor());

    List<Event> streamed = EventBoard.events(client.streamEvents(from(behind)), 2);
    assertThat(streamed).extracting(Event::getSequence).containsExactly(3L, 4L);
    assertThat(client.listEvents(page(behind, 500)).getEventsList()).isEqualTo(streamed);
  }

  @Test
  void beginsWithWhatComesUnlessSomethingElseIsAskedFor() throws Exception {
    board.receive("alice", Samples.BOB, 1);
    var stream = client.streamEvents(StreamEventsRequest.getDefaultInstance());
    assertThat(stream.read().hasHeartbeat()).isTrue();
    board.receive("alice", Samples.BOB, 1);
    assertThat(EventBoard.texts(EventBoard.events(stream, 1))).containsExactly("text 2");
  }

  @Test
  void tellsOnlyWhatWasSelected() throws Exception {
    board.receive("alice", Samples.BOB, 1);
    board.receive("bob", Samples.CAROL, 1);
    board.receive("alice", Samples.CAROL, 1);
    board.tell("alice", new EventPayload.QueuePaused());

    assertThat(EventBoard.texts(list(selection("alice").build()).subList(0, 2)))
        .containsExactly("text 1", "text 3");
    EventSelection queues =
        EventSelection.newBuilder().addKinds(EventKind.EVENT_KIND_QUEUE_PAUSED).build();
    assertThat(list(queues)).singleElement().matches(Event::hasQueuePaused);
    EventSelection carol = selection("alice").setChat(PeerMapper.toContract(Samples.CAROL)).build();
    assertThat(EventBoard.texts(list(carol))).containsExactly("text 3");
  }

  @Test
  void findsAChatUnderEveryNameOfThePersonAndNobodyElses() throws Exception {
    AccountKey alice = Samples.account("alice");
    Peer lid = Peer.of(new Lid("100000000002000"));
    Peer both = new Peer(Samples.BOB.phoneNumber(), lid.lid());
    board.receive("alice", Samples.BOB, 1);
    board.receive("alice", lid, 1);
    board.receive("alice", both, 1);
    board.receive("alice", new Peer(Samples.BOB.phoneNumber(), new Lid("77")), 1);
    board.contacts.merged(alice, List.of(both), false, List.of());

    for (Peer name : List.of(Samples.BOB, lid)) {
      EventSelection bob = selection("alice").setChat(PeerMapper.toContract(name)).build();
      assertThat(EventBoard.texts(list(bob))).containsExactly("text 1", "text 2", "text 3");
    }
  }

  @Test
  void refusesAKindThatIsNeverStored() {
    var test = EventSelection.newBuilder().addKinds(EventKind.EVENT_KIND_WEBHOOK_TEST).build();
    assertThat(ApiClient.reason(() -> list(test))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void refusesAChatOfNoInstanceInParticular() {
    var nowhere = EventSelection.newBuilder().setChat(PeerMapper.toContract(Samples.BOB)).build();
    assertThat(ApiClient.reason(() -> list(nowhere))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void aHeartbeatMovesTheCursorOfAReaderOfRareEvents() throws Exception {
    var rare =
        StreamEventsRequest.newBuilder()
            .setSelection(selection("nobody"))
            .setHeartbeatInterval(Duration.newBuilder().setSeconds(1))
            .build();
    var stream = client.streamEvents(rare);
    String first = stream.read().getHeartbeat().getCursor();
    board.receive("alice", Samples.BOB, 3);
    String reached = first;
    while (reached.equals(first)) {
      reached = stream.read(30, TimeUnit.SECONDS).getHeartbeat().getCursor();
    }
    board.receive("alice", Samples.BOB, 1);
    assertThat(EventBoard.texts(EventBoard.events(client.streamEvents(from(at(reached))), 1)))
        .containsExactly("text 4");
  }

  @Test
  void refusesACursorThatIsMadeUpOrOfAnotherTenant() throws Exception {
    board.receive("alice", Samples.BOB, 1);
    String cursor = client.listEvents(page(EARLIEST, 1)).getNextCursor();
    String forged = cursor.substring(0, 43) + (cursor.charAt(43) == 'A' ? 'B' : 'A');
    var other = board.client(OTHER, Role.OPERATOR);

    String refused = "INVALID_ARGUMENT INVALID_FIELD";
    assertThat(ApiClient.reason(() -> client.listEvents(page(at(forged), 1)))).isEqualTo(refused);
    assertThat(ApiClient.reason(() -> other.listEvents(page(at(cursor), 1)))).isEqualTo(refused);
    assertThat(ApiClient.reason(() -> client.streamEvents(from(at(forged))).read()))
        .isEqualTo(refused);
    assertThat(ApiClient.reason(() -> acknowledge(other, cursor))).isEqualTo(refused);
  }

  @Test
  void anotherTenantSeesNothing() throws Exception {
    board.receive("alice", Samples.BOB, 2);
    AccountKey theirs = new AccountKey(OTHER, new InstanceId("alice"));
    board.receive(theirs, Samples.CAROL, 1);
    var other = board.client(OTHER, Role.READER);

    List<Event> seen = other.listEvents(page(EARLIEST, 100)).getEventsList();
    assertThat(EventBoard.texts(seen)).containsExactly("text 3");
    assertThat(seen.getFirst().getSequence()).isEqualTo(1);
  }

  @Test
  void listsPageByPageAndWaitsForWhatComes() throws Exception {
    board.receive("alice", Samples.BOB, 3);
    ListEventsResponse first = client.listEvents(page(EARLIEST, 2));
    ListEventsResponse second = client.listEvents(page(at(first.getNextCursor()), 2));
    assertThat(EventBoard.texts(first.getEventsList())).containsExactly("text 1", "text 2");
    assertThat(first.getMore()).isTrue();
    assertThat(EventBoard.texts(second.getEventsList())).containsExactly("text 3");
    assertThat(second.getMore()).isFalse();

    ListEventsRequest next =
        page(at(second.getNextCursor()), 2).toBuilder()
            .setWait(Duration.newBuilder().setSeconds(30))
            .build();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = CompletableFuture.supplyAsync(() -> listed(next), threads);
      board.receive("alice", Samples.BOB, 1);
      assertThat(EventBoard.texts(waiting.join().getEventsList())).containsExactly("text 4");
    }
    ListEventsResponse empty =
        client.listEvents(page(EventStart.newBuilder().setLatest(true).build(), 1));
    assertThat(empty.getEventsCount()).isZero();
    assertThat(empty.getNextCursor()).isNotEmpty();
  }

  @Test
  void tellsWhatIsGone() throws Exception {
    board.receive("alice", Samples.BOB, 1);
    String old = client.listEvents(page(EARLIEST, 1)).getNextCursor();
    EventConsumer consumer = acknowledge(client, old);
    assertThat(consumer.getExpired()).isFalse();
    for (int minutes = 0; minutes < 6; minutes += 2) {
      board.receive("alice", Samples.BOB, 1_000);
      board.bench.clock.advance(java.time.Duration.ofMinutes(2));
    }
    board.receive("alice", Samples.BOB, 1);
    board.bench.retention(java.time.Duration.ofMinutes(2), 1 << 30).sweep();

    var status = ApiClient.refusal(() -> client.listEvents(page(at(old), 1)));
    assertThat(ApiClient.reason(status)).isEqualTo("OUT_OF_RANGE CURSOR_EXPIRED");
    String earliest = ApiClient.detail(status, ErrorInfo.class).getMetadataOrThrow("earliest");
    var there = client.listEvents(page(at(earliest), 1)).getEvents(0);
    assertThat(there.getSequence()).isGreaterThan(2);

    EventStart where = EventStart.newBuilder().setConsumerId("books").build();
    var stream = client.streamEvents(from(where));
    assertThat(stream.read().hasHeartbeat()).isTrue();
    assertThat(stream.read().getGap().getCursor()).isEqualTo(earliest);
    assertThat(EventBoard.events(stream, 1).getFirst()).isEqualTo(there);
    assertThat(client.listEvents(page(where, 1)).hasGap()).isTrue();
    assertThat(consumers()).singleElement().matches(EventConsumer::getExpired);
    assertThat(acknowledge(client, earliest).getExpired()).isFalse();
  }

  @Test
  void aConsumerOnlyMovesForward() throws Exception {
    board.receive("alice", Samples.BOB, 3);
    List<Event> events = client.listEvents(page(EARLIEST, 3)).getEventsList();
    EventStart where = EventStart.newBuilder().setConsumerId("books").build();
    assertThat(client.listEvents(page(where, 3)).getEventsCount()).isEqualTo(3);

    String second = events.get(1).getCursor();
    assertThat(acknowledge(client, second).getCursor()).isEqualTo(second);
    assertThat(acknowledge(client, events.getFirst().getCursor()).getCursor()).isEqualTo(second);
    List<Event> behind = EventBoard.events(client.streamEvents(from(where)), 1);
    assertThat(behind).extracting(Event::getSequence).containsExactly(3L);
    assertThat(behind).as("goes on, asks for nothing anew").noneMatch(Event::getReplay);

    var delete = DeleteEventConsumerRequest.newBuilder().setConsumerId("books").build();
    assertThat(client.deleteEventConsumer(delete)).isNotNull();
    assertThat(consumers()).isEmpty();
    assertThat(ApiClient.reason(() -> client.deleteEventConsumer(delete)))
        .isEqualTo("NOT_FOUND CONSUMER_NOT_FOUND");
    var reader = board.client(TenantId.DEFAULT, Role.READER);
    assertThat(ApiClient.reason(() -> acknowledge(reader, second)))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
  }

  @Test
  void whoDoesNotReadMissesNothingAndHoldsUpNobody() throws Exception {
    int count = 6_000; // More than sockets and the newest in memory hold.
    var stalled = client.streamEvents(from(EARLIEST));
    var quick = client.streamEvents(from(EARLIEST));
    assertThat(stalled.read().hasHeartbeat()).isTrue();
    for (int told = 0; told < count; told += 1_000) {
      board.receive("alice", Samples.BOB, 1_000);
      assertThat(EventBoard.events(quick, 1_000)).hasSize(1_000);
    }
    assertThat(EventBoard.events(stalled, count))
        .extracting(Event::getSequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
  }

  @Test
  void endsWhenTheServerDoes() throws Exception {
    BlockingClientCall<?, StreamEventsResponse> stream =
        client.streamEvents(StreamEventsRequest.getDefaultInstance());
    assertThat(stream.read().hasHeartbeat()).isTrue();
    board.bench.events.shutDown();
    assertThat(ApiClient.reason(stream::read)).isEqualTo("UNAVAILABLE SHUTTING_DOWN");
  }

  private List<EventConsumer> consumers() throws StatusException {
    return client
        .listEventConsumers(ListEventConsumersRequest.getDefaultInstance())
        .getConsumersList();
  }

  private static EventConsumer acknowledge(EventServiceBlockingV2Stub client, String cursor)
      throws StatusException {
    return client
        .ackEvents(AckEventsRequest.newBuilder().setConsumerId("books").setCursor(cursor).build())
        .getConsumer();
  }

  private List<Event> list(EventSelection selection) throws StatusException {
    return client
        .listEvents(ListEventsRequest.newBuilder().setSelection(selection).build())
        .getEventsList();
  }

  private ListEventsResponse listed(ListEventsRequest request) {
    try {
      return client.listEvents(request);
    } catch (StatusException e) {
      throw new AssertionError(e);
    }
  }

  private static EventSelection.Builder selection(String instance) {
    return EventSelection.newBuilder().addInstanceIds(instance);
  }

  private static EventStart at(String cursor) {
    return EventStart.newBuilder().setCursor(cursor).build();
  }

  private static StreamEventsRequest from(EventStart start) {
    return StreamEventsRequest.newBuilder().setStart(start).build();
  }

  private static ListEventsRequest page(EventStart start, int size) {
    return ListEventsRequest.newBuilder().setStart(start).setPageSize(size).build();
  }
}
