package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Duration;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.EventSelection;
import dev.switchboard.api.v1.EventStart;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.ListEventsResponse;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A page in a real browser follows events over grpc-web; where there is a browser. */
@Execution(ExecutionMode.CONCURRENT)
class EventsInBrowserIT {
  private static final java.time.Duration PATIENCE = java.time.Duration.ofMinutes(2);

  @Test
  void goesOnBehindItsCursorWithoutAGapOrARepeat(@TempDir Path folder) throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "no browser on this machine");
    AtomicReference<String> where = new AtomicReference<>("");
    try (Browser browser = new Browser("/browser/events.html", where::get);
        Stage stage =
            new Stage(folder, 12, Map.of("http.allowed-origins", List.of(browser.origin())))) {
      where.set(address(stage));
      browser.open(program.get(), folder);
      stage.gateway().link("alice");
      Peer bob = Peer.newBuilder().setPhoneNumber(stage.gateway().createPerson("bob")).build();
      talk(stage, bob, 3);
      stage.restartServer();
      where.set(address(stage));
      stage.gateway().awaitReady("alice");
      talk(stage, bob, 6);

      List<String> all = ids(stage);
      browser.awaitTold(all.size(), PATIENCE);
      assertThat(browser.told()).doesNotHaveDuplicates().startsWith(all.toArray(String[]::new));
    }
  }

  /** Sends three texts and waits until so many are delivered in all. */
  private static void talk(Stage stage, Peer bob, int delivered) {
    for (int i = 0; i < 3; i++) {
      stage.gateway().send("alice", bob, "text " + i);
    }
    ListEventsRequest.Builder next =
        ListEventsRequest.newBuilder()
            .setStart(EventStart.newBuilder().setEarliest(true))
            .setSelection(
                EventSelection.newBuilder().addKinds(EventKind.EVENT_KIND_MESSAGE_STATUS_CHANGED))
            .setWait(Duration.newBuilder().setSeconds(30));
    for (long told = 0; told < delivered; ) {
      ListEventsResponse page = stage.gateway().events().listEvents(next.build());
      told += page.getEventsList().stream().filter(EventsInBrowserIT::isDelivery).count();
      next.getStartBuilder().setCursor(page.getNextCursor());
    }
  }

  private static boolean isDelivery(Event event) {
    return event.getMessageStatusChanged().getMessage().getStatus()
        == MessageStatus.MESSAGE_STATUS_DELIVERED;
  }

  private static List<String> ids(Stage stage) {
    ListEventsResponse page =
        stage
            .gateway()
            .events()
            .listEvents(
                ListEventsRequest.newBuilder()
                    .setStart(EventStart.newBuilder().setEarliest(true))
                    .setPageSize(500)
                    .build());
    return page.getEventsList().stream().map(Event::getEventId).toList();
  }

  private static String address(Stage stage) {
    return "http://127.0.0.1:" + stage.httpPort() + " " + stage.key();
  }
}
