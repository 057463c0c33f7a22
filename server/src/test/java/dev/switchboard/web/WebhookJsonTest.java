package dev.switchboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.switchboard.access.Role;
import dev.switchboard.api.v1.GetWebhookRequest;
import dev.switchboard.api.v1.GetWebhookResponse;
import dev.switchboard.grpc.ListenAddress;
import dev.switchboard.grpc.WebhookBoard;
import dev.switchboard.model.TenantId;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over JSON and grpc-web, by the calls of docs/webhooks.md. */
@Timeout(60)
class WebhookJsonTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static WebhookBoard board;
  private static WebServer server;
  private static String key;

  @BeforeAll
  static void open(@TempDir Path folder) throws InterruptedException {
    board = new WebhookBoard(folder);
    key = board.key(TenantId.DEFAULT, Role.ADMINISTRATOR);
    server =
        WebServer.start(
            new WebConfig(ListenAddress.loopback(0), List.of(), 1 << 20),
            board.services(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            () -> true);
  }

  @AfterAll
  static void close() {
    HTTP.close();
    server.close();
    board.close();
  }

  @Test
  void servesEveryCall() throws Exception {
    JsonNode created =
        json(
            "POST",
            "/v1/webhooks",
            """
            {"webhook": {"webhook_id": "orders", "url": "https://shop.example/whatsapp",
             "kinds": ["EVENT_KIND_MESSAGE_RECEIVED"],
             "headers": [{"name": "x-token", "value": "..."}]}}\
            """);
    assertThat(created.get("secret").asText()).startsWith("whsec_");
    assertThat(json("GET", "/v1/webhooks/orders", "")).isEqualTo(without(created, "secret"));
    assertThat(json("GET", "/v1/webhooks?page_size=1", "").get("webhooks")).hasSize(1);
    JsonNode paused =
        json(
            "PATCH",
            "/v1/webhooks/orders",
            "{\"webhook\": {\"state\": \"WEBHOOK_STATE_PAUSED\"}, \"updateMask\": \"state\"}");
    assertThat(paused.at("/webhook/state").asText()).isEqualTo("WEBHOOK_STATE_PAUSED");
    assertThat(json("POST", "/v1/webhooks/orders:rotateSecret", "{\"grace\": \"3600s\"}"))
        .hasSize(2);
    JsonNode attempt = json("POST", "/v1/webhooks/orders:test", "{}").get("attempt");
    assertThat(attempt.get("latency").asText()).isEqualTo("0.041s");
    assertThat(attempt.at("/answer/statusCode").asInt()).isEqualTo(503);
    String failed = "?selection.states=WEBHOOK_DELIVERY_STATE_FAILED&selection.instance_ids=shop";
    assertThat(json("GET", "/v1/webhooks/orders/deliveries" + failed, "")).isEmpty();
    assertThat(json("GET", "/v1/webhooks/orders/statistics", "").at("/statistics/waitingCount"))
        .hasToString("7");
    assertThat(json("POST", "/v1/webhooks/orders/deliveries:retry", "{}")).hasSize(1);
    String shop = "{\"selection\": {\"instance_ids\": [\"shop\"]}}";
    assertThat(json("POST", "/v1/webhooks/orders/deliveries:clear", shop)).hasSize(1);
    String time = "{\"time\": \"2026-06-01T00:00:00Z\"}";
    assertThat(json("POST", "/v1/webhooks/orders:replayEvents", time).has("replay")).isTrue();
    assertThat(json("POST", "/v1/webhooks/orders:cancelReplay", "{}").get("cancelled").asBoolean())
        .isTrue();
    var none = send("GET", "/v1/webhooks/orders/deliveries/7", "");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("DELIVERY_NOT_FOUND");
    assertThat(json("DELETE", "/v1/webhooks/orders", "")).isEmpty();
    assertThat(send("GET", "/v1/webhooks/orders", "").body()).contains("WEBHOOK_NOT_FOUND");
  }

  @Test
  void servesBrowsers() throws Exception {
    json(
        "POST", "/v1/webhooks", "{\"webhook\": {\"webhook_id\": \"a\", \"url\": \"https://a.b\"}}");
    byte[] asked = GetWebhookRequest.newBuilder().setWebhookId("a").build().toByteArray();
    ByteBuffer frame = ByteBuffer.allocate(5 + asked.length).put((byte) 0);
    var request =
        HttpRequest.newBuilder(uri("/switchboard.v1.WebhookService/GetWebhook"))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/grpc-web+proto")
            .POST(BodyPublishers.ofByteArray(frame.putInt(asked.length).put(asked).array()));
    byte[] told = HTTP.send(request.build(), BodyHandlers.ofByteArray()).body();
    int length = ByteBuffer.wrap(told).getInt(1);
    var answer = GetWebhookResponse.parseFrom(Arrays.copyOfRange(told, 5, 5 + length));
    assertThat(answer.getWebhook().getUrl()).isEqualTo("https://a.b");
  }

  private static JsonNode json(String method, String path, String body) throws Exception {
    var answer = send(method, path, body);
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(uri(path))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static JsonNode without(JsonNode answer, String field) {
    com.fasterxml.jackson.databind.node.ObjectNode copy = answer.deepCopy();
    copy.remove(field);
    return copy;
  }
}
