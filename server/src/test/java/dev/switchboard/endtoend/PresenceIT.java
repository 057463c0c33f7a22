package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.sandbox.v1.PersonChatState;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.SetPersonPresenceRequest;
import dev.switchboard.api.sandbox.v1.TypeAsPersonRequest;
import dev.switchboard.api.v1.ChatState;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.EventSelection;
import dev.switchboard.api.v1.EventStart;
import dev.switchboard.api.v1.LastSeenAbsence;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.Presence;
import dev.switchboard.api.v1.PresenceChanged;
import dev.switchboard.api.v1.SetPresenceRequest;
import dev.switchboard.api.v1.StreamEventsRequest;
import dev.switchboard.api.v1.StreamEventsResponse;
import dev.switchboard.api.v1.SubscribePresenceRequest;
import dev.switchboard.api.v1.UnsubscribePresenceRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who is online is told to whoever asked for it, for as long as they want, whatever happens. */
@Execution(ExecutionMode.CONCURRENT)
class PresenceIT {
  private Iterator<StreamEventsResponse> stream = Collections.emptyIterator();
  private String cursor = "";

  @Test
  void tellsWhoIsOnlineOverReconnectsAndRestartsUntilNobodyWantsIt(@TempDir Path folder)
      throws Exception {
    try (Stage stage = new Stage(folder, 13, Map.of("instances.reconnect-base", "10ms"))) {
      stage.gateway().link("alice");
      Peer bob = person(stage, "bob");
      listen(stage, EventStart.newBuilder().setEarliest(true).build());
      setOnline(stage);
      subscribe(stage, bob);

      PresenceChanged first = next().getPresenceChanged();
      assertThat(first.getChat().getPhoneNumber()).isEqualTo(bob.getPhoneNumber());
      assertThat(first.getPresence()).isEqualTo(Presence.PRESENCE_OFFLINE);
      assertThat(first.getLastSeenAbsence()).isEqualTo(LastSeenAbsence.LAST_SEEN_ABSENCE_NOT_TOLD);
      appear(stage, "bob", true);
      assertThat(nextPresence()).isEqualTo(Presence.PRESENCE_ONLINE);
      type(stage, "bob", "alice");
      assertThat(next().getChatStateChanged().getState()).isEqualTo(ChatState.CHAT_STATE_COMPOSING);

      stage.sandbox().disconnectAll();
      assertThat(nextPresence()).isEqualTo(Presence.PRESENCE_ONLINE);
      appear(stage, "bob", false);
      Event gone = next();
      assertThat(gone.getPresenceChanged().getPresence()).isEqualTo(Presence.PRESENCE_OFFLINE);
      assertThat(gone.getPresenceChanged().getLastSeenTime().getSeconds()).isPositive();
      assertThat(gone.getSequence()).isPositive();

      stage.restartServer();
      listen(stage, EventStart.newBuilder().setCursor(cursor).build());
      assertThat(next().getPresenceChanged()).isEqualTo(gone.getPresenceChanged());

      Peer carol = person(stage, "carol");
      unsubscribe(stage, bob);
      appear(stage, "bob", true);
      subscribe(stage, carol);
      assertThat(next().getPresenceChanged().getChat().getPhoneNumber())
          .isEqualTo(carol.getPhoneNumber());
    }
  }

  private void listen(Stage stage, EventStart start) {
    EventSelection selection =
        EventSelection.newBuilder()
            .addInstanceIds("alice")
            .addKinds(EventKind.EVENT_KIND_PRESENCE_CHANGED)
            .addKinds(EventKind.EVENT_KIND_CHAT_STATE_CHANGED)
            .build();
    stream =
        stage
            .gateway()
            .events()
            .streamEvents(
                StreamEventsRequest.newBuilder().setSelection(selection).setStart(start).build());
  }

  private Event next() {
    StreamEventsResponse step = stream.next();
    while (!step.hasEvent()) {
      step = stream.next();
    }
    cursor = step.getEvent().getCursor();
    return step.getEvent();
  }

  private Presence nextPresence() {
    return next().getPresenceChanged().getPresence();
  }

  private static Peer person(Stage stage, String name) {
    return Peer.newBuilder().setPhoneNumber(stage.gateway().createPerson(name)).build();
  }

  private static void setOnline(Stage stage) {
    var _ =
        stage
            .gateway()
            .presences()
            .setPresence(
                SetPresenceRequest.newBuilder()
                    .setInstanceId("alice")
                    .setPresence(Presence.PRESENCE_ONLINE)
                    .build());
  }

  private static void subscribe(Stage stage, Peer person) {
    var _ =
        stage
            .gateway()
            .presences()
            .subscribePresence(
                SubscribePresenceRequest.newBuilder()
                    .setInstanceId("alice")
                    .setPeer(person)
                    .build());
  }

  private static void unsubscribe(Stage stage, Peer person) {
    var _ =
        stage
            .gateway()
            .presences()
            .unsubscribePresence(
                UnsubscribePresenceRequest.newBuilder()
                    .setInstanceId("alice")
                    .setPeer(person)
                    .build());
  }

  private static void appear(Stage stage, String person, boolean online) {
    var _ =
        stage
            .gateway()
            .sandbox()
            .setPersonPresence(
                SetPersonPresenceRequest.newBuilder()
                    .setPerson(named(person))
                    .setOnline(online)
                    .build());
  }

  private static void type(Stage stage, String person, String to) {
    var _ =
        stage
            .gateway()
            .sandbox()
            .typeAsPerson(
                TypeAsPersonRequest.newBuilder()
                    .setPerson(named(person))
                    .setTo(named(to))
                    .setState(PersonChatState.PERSON_CHAT_STATE_COMPOSING)
                    .build());
  }

  private static PersonName named(String name) {
    return PersonName.newBuilder().setName(name).build();
  }
}
