package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.EventSelection;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageFailure;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.PauseQueueRequest;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.ResumeQueueRequest;
import dev.switchboard.testing.Eventually;
import dev.switchboard.testing.JournalCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The journal, or its end, is gone, and PostgreSQL knows what was in it. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class LostJournalIT {
  private static final Map<String, Object> SETTINGS =
      Map.of("instances.reconnect-base", "10ms", "database.take-over", true);

  @TempDir private Path folder;

  @Test
  void tellsWhatWasLostAndGoesOn() throws Exception {
    try (Stage stage = new Stage(folder, 12, SETTINGS)) {
      var _ = stage.gateway().link("alice");
      Peer bob = stage.gateway().link("bob");
      pause(stage);
      Message kept = stage.gateway().send("alice", bob, "kept");
      stage.restartServer(
          data -> JournalCopy.copy(data.resolve("journal"), folder.resolve("saved")));
      String request = UUID.randomUUID().toString();
      Message lost = stage.gateway().send("alice", bob, "lost", request);
      assertThat(get(stage, lost).getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_ACCEPTED);

      stage.restartServer(data -> {
        delete(data.resolve("journal"));
        JournalCopy.copy(folder.resolve("saved"), data.resolve("journal"));
      });

      assertLost(stage, lost);
      assertThat(stage.gateway().send("alice", bob, "lost", request).getMessageId())
          .as("whoever asks for it again is told of that one")
          .isEqualTo(lost.getMessageId());
      assertThat(get(stage, kept).getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_ACCEPTED);
      resume(stage);
      awaitSent(stage, kept);
      awaitSent(stage, stage.gateway().send("alice", bob, "in the place of what was lost"));

      pause(stage);
      Message gone = stage.gateway().send("alice", bob, "gone with the whole journal");
      assertThat(get(stage, gone).getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_ACCEPTED);
      stage.restartServer(data -> delete(data.resolve("journal")));
      assertLost(stage, gone);
      assertThat(get(stage, kept).getStatus()).isNotEqualTo(MessageStatus.MESSAGE_STATUS_FAILED);
      awaitSent(stage, stage.gateway().send("alice", bob, "by a new journal"));
    }
  }

  private static void assertLost(Stage stage, Message lost) throws InterruptedException {
    Message found = get(stage, lost);
    assertThat(found.getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_FAILED);
    assertThat(found.getFailure().getCause()).isEqualTo(MessageFailure.Cause.CAUSE_OUTCOME_UNKNOWN);
    Eventually.until(
        "callers are told, once",
        () -> Collections.frequency(failures(stage), lost.getMessageId()) == 1);
  }

  private static List<String> failures(Stage stage) {
    var failed = EventSelection.newBuilder().addKinds(EventKind.EVENT_KIND_MESSAGE_FAILED);
    var request = ListEventsRequest.newBuilder().setSelection(failed).build();
    return stage.gateway().events().listEvents(request).getEventsList().stream()
        .map(event -> event.getMessageFailed().getMessage().getMessageId())
        .toList();
  }

  private static Message get(Stage stage, Message message) {
    return stage.gateway().get("alice", message.getMessageId());
  }

  private static void awaitSent(Stage stage, Message message) {
    var _ =
        stage
            .gateway()
            .awaitStatus("alice", message.getMessageId(), MessageStatus.MESSAGE_STATUS_SENT);
  }

  private static void pause(Stage stage) {
    var _ =
        stage
            .gateway()
            .queues()
            .pauseQueue(PauseQueueRequest.newBuilder().setInstanceId("alice").build());
  }

  private static void resume(Stage stage) {
    var _ =
        stage
            .gateway()
            .queues()
            .resumeQueue(ResumeQueueRequest.newBuilder().setInstanceId("alice").build());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
