package dev.switchboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest extends WebTest {
  private static final String DESK =
      "{\"instance_id\": \"desk\", \"network\": \"NETWORK_SANDBOX\"}";

  @Test
  void servesTheStandardMethods() throws Exception {
    var created = post("/v1/instances", DESK);
    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.body()).contains("\"desk\"", "INSTANCE_STATE_NOT_STARTED");
    assertThat(get("/v1/instances/desk").body()).contains("\"desk\"");
    assertThat(get("/v1/instances?page_size=1").body()).contains("\"desk\"");
    assertThat(get("/v1/instances?pageSize=1").body()).contains("\"desk\"");
    var deleted = send(keyed(request("/v1/instances/desk")).DELETE());
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(get("/v1/instances/desk").statusCode()).isEqualTo(404);
  }

  @Test
  void servesTheOtherVerbs() throws Exception {
    post("/v1/instances", DESK);
    var stopped = post("/v1/instances/desk:stop", "{}");
    assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(200);
    var started = post("/v1/instances/desk:start", "{}");
    assertThat(started.statusCode()).isEqualTo(400);
    assertThat(started.body()).contains("INSTANCE_NOT_LINKED");
  }

  @Test
  void servesQueues() throws Exception {
    post("/v1/instances", DESK);
    var paused = post("/v1/instances/desk/queue:pause", "{}");
    assertThat(paused.statusCode()).as(paused.body()).isEqualTo(200);
    assertThat(get("/v1/instances/desk/queue/statistics").body()).contains("\"paused\":true");
    assertThat(get("/v1/instances/desk/queue/messages?pageSize=5").statusCode()).isEqualTo(200);
    assertThat(get("/v1/instances/desk/deadLetters").statusCode()).isEqualTo(200);
    var requeued = post("/v1/instances/desk/deadLetters:requeue", "{\"messageIds\": [\"M1\"]}");
    assertThat(requeued.body()).contains("ERROR_REASON_MESSAGE_NOT_FOUND");
    var cancelled = post("/v1/instances/desk/messages/M1:cancel", "{}");
    assertThat(cancelled.body()).contains("MESSAGE_NOT_FOUND");
  }

  @Test
  void changesWhatTheMaskNames() throws Exception {
    post("/v1/instances", DESK);
    String body =
        """
        {"instance": {"proxy": {"scheme": "PROXY_SCHEME_HTTP", "host": "10.0.0.1", "port": 3128}},
         "updateMask": "proxy"}\
        """;
    var changed =
        send(
            keyed(request("/v1/instances/desk"))
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .header("content-type", "application/json"));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(get("/v1/instances/desk").body()).contains("PROXY_SCHEME_HTTP", "10.0.0.1", "3128");
  }

  @Test
  void takesAPeerAndATextAsNestedFields() throws Exception {
    post("/v1/instances", DESK);
    String message = "{\"to\": {\"phone_number\": \"+15550001000\"}, \"text\": {\"text\": \"hi\"}}";
    var refused = post("/v1/instances/desk/messages", message);
    assertThat(refused.body()).contains("INSTANCE_NOT_LINKED");
    var listed = get("/v1/instances/desk/messages?chat.phone_number=%2B15550001000");
    assertThat(listed.statusCode()).as(listed.body()).isEqualTo(200);
  }

  @Test
  void findsContactsByAnyAlias() throws Exception {
    post("/v1/instances", DESK);
    assertThat(get("/v1/instances/desk/contacts?page_size=1").statusCode()).isEqualTo(200);
    for (var path : List.of("/15550001000@s.whatsapp.net", ":lookup?peer.lid=100000000001000")) {
      var nobody = get("/v1/instances/desk/contacts" + path);
      assertThat(nobody.statusCode()).as(path).isEqualTo(404);
      assertThat(nobody.body()).contains("CONTACT_NOT_FOUND");
    }
  }

  @Test
  void tellsTheReasonTheDomainAndTheFields() throws Exception {
    var refused = post("/v1/instances", "{\"instance_id\": \"NOT GOOD\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("INVALID_FIELD", "switchboard.dev", "instance_id", "network");
  }

  @Test
  void blocksNoPlatformThread() throws Exception {
    post("/v1/instances", DESK);
    assertThat(gateway.blockedPlatformThread()).isFalse();
  }

  @Test
  void refusesWhoShowsNoKey() throws Exception {
    var refused = open("/v1/instances/desk");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("UNAUTHENTICATED");
  }

  @Test
  void refusesWhatIsNoJsonOrTooLong() throws Exception {
    assertThat(post("/v1/instances", "{").statusCode()).isEqualTo(400);
    assertThat(post("/v1/instances", "{\"unknown\": 1}").statusCode()).isEqualTo(400);
    assertThat(post("/v1/instances", "x".repeat(2 << 20)).statusCode()).isEqualTo(413);
  }

  @Test
  void takesTheJsonOfTheDocsPage() throws Exception {
    post("/v1/instances", DESK);
    var answer = post("/switchboard.v1.InstanceService/GetInstance", "{\"instance_id\": \"desk\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("desk");
  }
}
