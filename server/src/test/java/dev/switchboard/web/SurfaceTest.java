package dev.switchboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.grpc.ListenAddress;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurfaceTest extends WebTest {
  @Test
  void showsTheDocsPageToAnyone() throws Exception {
    assertThat(open("/").headers().firstValue("location")).contains("/docs/");
    var page = open("/docs/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type").orElseThrow()).contains("text/html");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("frame-ancestors 'none'", "default-src 'self'");
  }

  @Test
  void describesTheContractWithItsComments() throws Exception {
    String specification = open("/docs/specification.json").body();
    assertThat(specification)
        .contains("switchboard.v1.InstanceService", "switchboard.v1.MessagingService")
        .contains("switchboard.v1.AccessService")
        .contains("Accepts a message for sending and returns as soon as it is safe on disk")
        .contains("1 to 65,536 bytes")
        .doesNotContain(key);
  }

  @Test
  void isAliveAndReadyUntilItIsNot() throws Exception {
    assertThat(open("/healthz").statusCode()).isEqualTo(200);
    assertThat(open("/readyz").statusCode()).isEqualTo(200);
    ready.set(false);
    assertThat(open("/readyz").statusCode()).isEqualTo(503);
    assertThat(open("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void countsCallsByMethodAndCode() throws Exception {
    get("/v1/instances/absent");
    String metrics = open("/metrics").body();
    assertThat(metrics)
        .contains("switchboard_api_calls_seconds_count")
        .contains("code=\"NOT_FOUND\"")
        .contains("method=\"switchboard.v1.InstanceService/GetInstance\"");
  }

  @Test
  void tellsBrowsersToDoNothingElseWithAnswers() throws Exception {
    HttpResponse<String> answer = get("/v1/instances");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(answer.headers().firstValue("x-frame-options")).contains("DENY");
    assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(answer.headers().firstValue("server")).isEmpty();
  }

  @Test
  void letsNoPageOfAnotherOriginCall() throws Exception {
    var preflight =
        send(
            request("/v1/instances")
                .header("origin", ALLOWED_ORIGIN)
                .header("access-control-request-method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.headers().firstValue("access-control-allow-origin")).isEmpty();
  }

  @Test
  void namesTheAddressThatIsTaken() {
    WebConfig taken = new WebConfig(ListenAddress.loopback(server.port()), List.of(), STREAM_BYTES);
    assertThatThrownBy(
            () -> WebServer.start(taken, gateway.services(), gateway.metrics(), () -> true))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + server.port());
  }
}
