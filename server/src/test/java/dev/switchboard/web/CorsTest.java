package dev.switchboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.grpc.ListenAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest extends WebTest {
  @Override
  List<String> origins() {
    return List.of(ALLOWED_ORIGIN);
  }

  @Test
  void letsPagesOfListedOriginsCall() throws Exception {
    HttpResponse<String> preflight = preflight(ALLOWED_ORIGIN);
    assertThat(preflight.headers().firstValue("access-control-allow-origin"))
        .contains(ALLOWED_ORIGIN);
    assertThat(preflight.headers().firstValue("access-control-allow-headers").orElseThrow())
        .contains("authorization");
    assertThat(preflight.headers().firstValue("access-control-allow-methods").orElseThrow())
        .contains("GET", "POST", "PATCH", "DELETE");
    var answer = send(keyed(request("/v1/instances")).header("origin", ALLOWED_ORIGIN));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(ALLOWED_ORIGIN);
  }

  @Test
  void letsNoOtherCall() throws Exception {
    assertThat(
            preflight("https://evil.example").headers().firstValue("access-control-allow-origin"))
        .isEmpty();
  }

  @Test
  void refusesToLetAnyPageCall() {
    assertThatThrownBy(() -> new WebConfig(ListenAddress.loopback(0), List.of("*"), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    return send(
        request("/switchboard.v1.InstanceService/GetInstance")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,x-grpc-web,content-type")
            .method("OPTIONS", BodyPublishers.noBody()));
  }
}
