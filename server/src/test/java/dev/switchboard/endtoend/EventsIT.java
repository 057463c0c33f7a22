package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.ChatState;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.EventSelection;
import dev.switchboard.api.v1.EventStart;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.ListEventsResponse;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.Presence;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.SetPresenceRequest;
import dev.switchboard.api.v1.StreamEventsRequest;
import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.api.v1.TextContent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens on the real way is told, once and in order, over restarts too. */
@Execution(ExecutionMode.CONCURRENT)
class EventsIT {
  private static final int TRIES = 10;
  private static final EventStart EARLIEST = EventStart.newBuilder().setEarliest(true).build();

  @Test
  void tellsEverythingInOrderAndGoesOnAfterARestart(@TempDir Path folder) throws Exception {
    try (Stage stage = new Stage(folder, 11, Map.of())) {
      Peer alice = stage.gateway().link("alice");
      Peer bob = stage.gateway().link("bob");
      Message there = stage.gateway().send("alice", bob, "there");
      List<Event> before = read(stage, EARLIEST, List.of(delivered(there), received("bob", there)));
      assertThat(instanceKinds(before, "alice"))
          .startsWith(EventKind.EVENT_KIND_INSTANCE_CREATED)
          .contains(EventKind.EVENT_KIND_INSTANCE_PAIRED)
          .contains(EventKind.EVENT_KIND_MESSAGE_ACCEPTED);
      assertThat(before).anyMatch(EventsIT::ready);
      String cursor = before.getLast().getCursor();

      stage.restartServer();
      stage.gateway().awaitReady("alice");
      stage.gateway().awaitReady("bob");
      Message back = stage.gateway().send("bob", alice, "back");
      List<Event> after =
          read(stage, at(cursor), List.of(delivered(back), received("alice", back)));

      List<Event> all = new ArrayList<>(before);
      all.addAll(after);
      requireNoHoles(all);
      assertThat(all).extracting(Event::getEventId).doesNotHaveDuplicates();
      assertThat(texts(all, "bob")).containsExactly("there");
      assertThat(texts(all, "alice")).containsExactly("back");
      assertThat(listed(stage, EventSelection.getDefaultInstance()))
          .extracting(Event::getEventId)
          .startsWith(all.stream().map(Event::getEventId).toArray(String[]::new));

      EventSelection chat =
          EventSelection.newBuilder().addInstanceIds("alice").setChat(bob).build();
      assertThat(listed(stage, chat))
          .isNotEmpty()
          .allMatch(event -> event.getInstanceId().equals("alice"))
          .anyMatch(Event::hasMessageStatusChanged)
          .noneMatch(Event::hasInstanceStateChanged);
    }
  }

  @Test
  void tellsWhoTypes(@TempDir Path folder) throws Exception {
    try (Stage stage = new Stage(folder, 12, Map.of())) {
      Peer alice = stage.gateway().link("alice");
      Peer bob = stage.gateway().link("bob");
      var _ =
          stage
              .gateway()
              .presences()
              .setPresence(
                  SetPresenceRequest.newBuilder()
                      .setInstanceId("bob")
                      .setPresence(Presence.PRESENCE_ONLINE)
                      .build());
      List<Event> told = List.of();
      for (int i = 0;
          told.isEmpty() && i < TRIES;
          i++) { // Nobody types before their name is known.
        Message typed = type(stage, "alice", bob);
        told =
            read(stage, EARLIEST, List.of(received("bob", typed))).stream()
                .filter(Event::hasChatStateChanged)
                .toList();
      }
      Event first = told.getFirst();
      assertThat(first.getInstanceId()).isEqualTo("bob");
      assertThat(first.getChatStateChanged().getState()).isEqualTo(ChatState.CHAT_STATE_COMPOSING);
      assertThat(first.getChatStateChanged().getChat()).satisfies(who -> isSame(who, alice));
    }
  }

  /** By one name or the other: which are known by then depends on what came first. */
  private static void isSame(Peer told, Peer person) {
    if (told.getLid().isEmpty()) {
      assertThat(told.getPhoneNumber()).isEqualTo(person.getPhoneNumber());
    } else {
      assertThat(told.getLid()).isEqualTo(person.getLid());
    }
  }

  private static Message type(Stage stage, String from, Peer to) {
    SendMessageRequest request =
        SendMessageRequest.newBuilder()
            .setInstanceId(from)
            .setTo(to)
            .setText(TextContent.newBuilder().setText("by hand"))
            .setTyping(true)
            .build();
    return stage.gateway().messaging().sendMessage(request).getMessage();
  }

  /** Everything that a stream tells until all of this was told. */
  private static List<Event> read(Stage stage, EventStart start, List<Predicate<Event>> wanted) {
    Iterator<StreamEventsResponse> stream =
        stage
            .gateway()
            .events()
            .streamEvents(StreamEventsRequest.newBuilder().setStart(start).build());
    List<Event> events = new ArrayList<>();
    while (!wanted.stream().allMatch(one -> events.stream().anyMatch(one))) {
      StreamEventsResponse step = stream.next();
      assertThat(step.hasGap()).isFalse();
      if (step.hasEvent()) {
        events.add(step.getEvent());
      }
    }
    return events;
  }

  private static List<Event> listed(Stage stage, EventSelection selection) {
    List<Event> events = new ArrayList<>();
    EventStart start = EARLIEST;
    ListEventsResponse page;
    do {
      page =
          stage
              .gateway()
              .events()
              .listEvents(
                  ListEventsRequest.newBuilder()
                      .setSelection(selection)
                      .setStart(start)
                      .setPageSize(7)
                      .build());
      events.addAll(page.getEventsList());
      start = at(page.getNextCursor());
    } while (page.getMore());
    return events;
  }

  private static void requireNoHoles(List<Event> events) {
    Map<String, List<Long>> sequences = new LinkedHashMap<>();
    for (Event event : events) {
      sequences
          .computeIfAbsent(event.getInstanceId(), _ -> new ArrayList<>())
          .add(event.getSequence());
    }
    sequences.forEach((instance, told) ->
        assertThat(told)
            .as(instance)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, told.size()).boxed().toList()));
  }

  private static Predicate<Event> delivered(Message message) {
    return event ->
        event.hasMessageStatusChanged()
            && event
                .getMessageStatusChanged()
                .getMessage()
                .getMessageId()
                .equals(message.getMessageId())
            && event.getMessageStatusChanged().getMessage().getStatus()
                == MessageStatus.MESSAGE_STATUS_DELIVERED;
  }

  private static Predicate<Event> received(String instance, Message message) {
    return event ->
        event.getInstanceId().equals(instance)
            && event
                .getMessageReceived()
                .getMessage()
                .getMessageId()
                .equals(message.getMessageId());
  }

  private static boolean ready(Event event) {
    return event.hasInstanceStateChanged()
        && event.getInstanceStateChanged().getInstance().getState()
            == InstanceState.INSTANCE_STATE_READY;
  }

  private static List<EventKind> instanceKinds(List<Event> events, String instance) {
    return events.stream()
        .filter(event -> event.getInstanceId().equals(instance))
        .map(Event::getKind)
        .toList();
  }

  private static List<String> texts(List<Event> events, String instance) {
    return events.stream()
        .filter(event -> event.getInstanceId().equals(instance) && event.hasMessageReceived())
        .map(event -> event.getMessageReceived().getMessage().getText().getText())
        .toList();
  }

  private static EventStart at(String cursor) {
    return EventStart.newBuilder().setCursor(cursor).build();
  }
}
