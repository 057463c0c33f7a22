package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.SendAsPersonRequest;
import dev.switchboard.api.v1.CreateWebhookRequest;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.GetWebhookDeliveryRequest;
import dev.switchboard.api.v1.GetWebhookRequest;
import dev.switchboard.api.v1.ListWebhookDeliveriesRequest;
import dev.switchboard.api.v1.ReplayWebhookEventsRequest;
import dev.switchboard.api.v1.RotateWebhookSecretRequest;
import dev.switchboard.api.v1.TestWebhookRequest;
import dev.switchboard.api.v1.UpdateWebhookRequest;
import dev.switchboard.api.v1.Webhook;
import dev.switchboard.api.v1.WebhookAttempt;
import dev.switchboard.api.v1.WebhookDelivery;
import dev.switchboard.api.v1.WebhookDeliverySelection;
import dev.switchboard.api.v1.WebhookDeliveryState;
import dev.switchboard.api.v1.WebhookHeader;
import dev.switchboard.api.v1.WebhookServiceGrpc.WebhookServiceBlockingStub;
import dev.switchboard.api.v1.WebhookState;
import dev.switchboard.interop.peer.PeerEvent;
import dev.switchboard.interop.peer.WebhookReceiver;
import dev.switchboard.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What people write is posted to a receiver in another language, which checks the signature with
 * the code of docs/webhooks.md, over faults of it and a restart of the server.
 */
@Execution(ExecutionMode.CONCURRENT)
class WebhooksIT {
  private static final Path MANUAL = Path.of("..", "docs", "webhooks.md");
  private static final Path LOG = Path.of("target", "peers", "webhook-receiver.log");
  private static final Map<String, Object> SETTINGS =
      Map.of("egress.allowed-networks", List.of("127.0.0.0/8"), "webhooks.retry-base", "20ms");

  @Test
  void whatPeopleWriteIsPostedSignedUntilItIsTaken(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start(check(folder), LOG);
        Stage stage = new Stage(folder, 21, SETTINGS)) {
      stage.gateway().link("alice");
      stage.gateway().createPerson("bob");
      String first = create(stage, receiver);
      receiver.know(first);
      write(stage, "one");
      PeerEvent one = receiver.awaitPost(says("one"));
      assertThat(one.text("signedBy")).isEqualTo("0");
      assertThat(one.text("bent")).as("a space more is not what was signed").isEqualTo("false");
      assertThat(one.text("id")).isNotEmpty().isEqualTo(one.text("eventId"));
      assertThat(one.text("instance")).isEqualTo("alice");
      assertThat(one.text("kind")).isEqualTo("EVENT_KIND_MESSAGE_RECEIVED");
      assertThat(one.text("token")).isEqualTo("of the owner");
      assertThat(one.text("type")).isEqualTo("application/json");

      String second = rotate(stage);
      receiver.know(first, second);
      write(stage, "two");
      assertThat(receiver.awaitPost(says("two")).text("signedBy")).isEqualTo("0,1");
      receiver.know(second);
      write(stage, "three");
      assertThat(receiver.awaitPost(says("three")).text("signedBy")).isEqualTo("0");

      listsEveryAttemptOfWhatWasNotTaken(stage, receiver);
      refusesWhoDoesNotKnowTheSecret(receiver);
      triesOut(stage, receiver);
      stopsWhenTheReceiverIsGone(stage, receiver);
      goesOnAfterARestart(stage, receiver);
      postsAnew(stage, receiver);
    }
  }

  private static void listsEveryAttemptOfWhatWasNotTaken(Stage stage, WebhookReceiver receiver)
      throws InterruptedException {
    receiver.answer(500, 500, 200);
    write(stage, "four");
    String id = "";
    for (int attempt = 1; attempt <= 3; attempt++) {
      PeerEvent post = receiver.awaitPost(says("four"));
      assertThat(post.text("attempt")).isEqualTo(Integer.toString(attempt));
      assertThat(post.text("status")).isEqualTo(attempt < 3 ? "500" : "200");
      assertThat(post.text("id")).isIn(id.isEmpty() ? post.text("id") : id);
      id = post.text("id");
    }
    WebhookDelivery delivery = awaitDelivered(stage, id);
    assertThat(delivery.getAttemptCount()).isEqualTo(3);
    assertThat(delivery.getAttemptsList())
        .extracting(WebhookAttempt::getNumber)
        .containsExactly(1, 2, 3);
    assertThat(delivery.getAttemptsList())
        .extracting(attempt -> attempt.getAnswer().getStatusCode())
        .containsExactly(500, 500, 200);
    assertThat(delivery.getAttempts(0).getAnswer().getBody()).isEqualTo("answer 500");
  }

  private static void refusesWhoDoesNotKnowTheSecret(WebhookReceiver receiver) throws Exception {
    String now = Long.toString(System.currentTimeMillis() / 1_000);
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(receiver.url()))
              .header("webhook-id", "1")
              .header("webhook-timestamp", now)
              .header("webhook-signature", "v1,AAAA v1," + "A".repeat(43) + "= v2,x \u00e9")
              .POST(HttpRequest.BodyPublishers.ofString("{}"));
      assertThat(stranger.send(request.build(), BodyHandlers.discarding()).statusCode())
          .isEqualTo(401);
    }
    assertThat(receiver.awaitPost(post -> post.text("status").equals("401")).text("signedBy"))
        .isEmpty();
  }

  private static void triesOut(Stage stage, WebhookReceiver receiver) {
    receiver.answer(418);
    var request = TestWebhookRequest.newBuilder().setWebhookId("orders").build();
    WebhookAttempt attempt = webhooks(stage).testWebhook(request).getAttempt();
    assertThat(attempt.getAnswer().getStatusCode()).isEqualTo(418);
    assertThat(attempt.getAnswer().getBody()).isEqualTo("answer 418");
    PeerEvent post = receiver.awaitPost(one -> one.text("kind").equals("EVENT_KIND_WEBHOOK_TEST"));
    assertThat(post.text("id")).isEqualTo(post.text("eventId"));
  }

  private static void stopsWhenTheReceiverIsGone(Stage stage, WebhookReceiver receiver)
      throws InterruptedException {
    receiver.answer(410);
    write(stage, "five");
    receiver.awaitPost(says("five"));
    var request = GetWebhookRequest.newBuilder().setWebhookId("orders").build();
    Eventually.until(
        "disabled",
        () ->
            webhooks(stage).getWebhook(request).getWebhook().getState()
                == WebhookState.WEBHOOK_STATE_DISABLED);
    write(stage, "six");
  }

  private static void goesOnAfterARestart(Stage stage, WebhookReceiver receiver)
      throws InterruptedException {
    stage.restartServer();
    var enabled =
        UpdateWebhookRequest.newBuilder()
            .setWebhook(
                Webhook.newBuilder()
                    .setWebhookId("orders")
                    .setState(WebhookState.WEBHOOK_STATE_ENABLED))
            .setUpdateMask(FieldMask.newBuilder().addPaths("state"))
            .build();
    assertThat(webhooks(stage).updateWebhook(enabled).getWebhook().getState())
        .isEqualTo(WebhookState.WEBHOOK_STATE_ENABLED);
    assertThat(receiver.awaitPost(says("five")).text("status")).isEqualTo("204");
    assertThat(receiver.awaitPost(says("six")).text("attempt")).isEqualTo("1");
  }

  private static void postsAnew(Stage stage, WebhookReceiver receiver) {
    var replay =
        webhooks(stage)
            .replayWebhookEvents(
                ReplayWebhookEventsRequest.newBuilder()
                    .setWebhookId("orders")
                    .setTime(Timestamp.getDefaultInstance())
                    .build());
    assertThat(replay.getReplay().getEndCursor()).isNotEmpty();
    for (String text : List.of("one", "two", "three", "four", "five", "six")) {
      assertThat(receiver.awaitPost(says(text)).text("replay")).as(text).isEqualTo("true");
    }
  }

  private static String create(Stage stage, WebhookReceiver receiver) {
    var created =
        webhooks(stage)
            .createWebhook(
                CreateWebhookRequest.newBuilder()
                    .setWebhook(
                        Webhook.newBuilder()
                            .setWebhookId("orders")
                            .setUrl(receiver.url())
                            .addKinds(EventKind.EVENT_KIND_MESSAGE_RECEIVED)
                            .addHeaders(
                                WebhookHeader.newBuilder()
                                    .setName("X-Token")
                                    .setValue("of the owner")))
                    .build());
    return created.getSecret();
  }

  private static String rotate(Stage stage) {
    return webhooks(stage)
        .rotateWebhookSecret(
            RotateWebhookSecretRequest.newBuilder()
                .setWebhookId("orders")
                .setGrace(Duration.newBuilder().setSeconds(3_600))
                .build())
        .getSecret();
  }

  private static WebhookDelivery awaitDelivered(Stage stage, String eventId)
      throws InterruptedException {
    var list =
        ListWebhookDeliveriesRequest.newBuilder()
            .setWebhookId("orders")
            .setSelection(
                WebhookDeliverySelection.newBuilder()
                    .addEventIds(eventId)
                    .addStates(WebhookDeliveryState.WEBHOOK_DELIVERY_STATE_DELIVERED))
            .build();
    Eventually.until("delivered", () -> listed(stage, list).size() == 1);
    String id = listed(stage, list).getFirst().getDeliveryId();
    var get =
        GetWebhookDeliveryRequest.newBuilder().setWebhookId("orders").setDeliveryId(id).build();
    return webhooks(stage).getWebhookDelivery(get).getDelivery();
  }

  private static List<WebhookDelivery> listed(Stage stage, ListWebhookDeliveriesRequest list) {
    return webhooks(stage).listWebhookDeliveries(list).getDeliveriesList();
  }

  private static Predicate<PeerEvent> says(String text) {
    return post -> post.text("text").equals(text);
  }

  private static void write(Stage stage, String text) {
    var _ =
        stage
            .gateway()
            .sandbox()
            .sendAsPerson(
                SendAsPersonRequest.newBuilder()
                    .setPerson(PersonName.newBuilder().setName("bob"))
                    .setTo(PersonName.newBuilder().setName("alice"))
                    .setText(text)
                    .build());
  }

  private static WebhookServiceBlockingStub webhooks(Stage stage) {
    return stage.gateway().webhooks();
  }

  /** The code that the manual gives to receivers. */
  private static Path check(Path folder) throws IOException {
    String manual = Files.readString(MANUAL);
    int begin = manual.indexOf("```js\n") + "```js\n".length();
    String code = manual.substring(begin, manual.indexOf("```", begin));
    return Files.writeString(folder.resolve("genuine.mjs"), code);
  }
}
