package dev.switchboard.egress;

import static dev.switchboard.egress.CourierBench.LOOPBACK;
import static dev.switchboard.egress.CourierBench.courier;
import static dev.switchboard.egress.CourierBench.limits;
import static dev.switchboard.egress.CourierBench.parcel;
import static dev.switchboard.egress.CourierBench.to;
import static dev.switchboard.egress.ScriptedReceiver.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.egress.guard.EgressPolicy;
import dev.switchboard.egress.guard.Network;
import dev.switchboard.egress.guard.Resolver;
import dev.switchboard.model.GatewayException;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Outcome.Answered;
import dev.switchboard.webhook.Outcome.Cause;
import dev.switchboard.webhook.Outcome.Unreached;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to have a gateway ask what its network keeps to itself; none of them arrives. */
class ForbiddenReceiversTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static ScriptedReceiver secret;
  private static HttpCourier strict;
  private static HttpCourier loopback;

  @BeforeAll
  static void open() throws Exception {
    secret = ScriptedReceiver.start(saying(OK));
    EgressPolicy policy = new EgressPolicy(List.of(), Set.of(80, secret.port()), true);
    strict = courier(policy, limits(Duration.ofSeconds(30)), to("127.0.0.1"));
    loopback = courier(LOOPBACK, limits(Duration.ofSeconds(30)), to("127.0.0.1"));
  }

  @AfterAll
  static void close() throws Exception {
    strict.close();
    loopback.close();
    secret.close();
  }

  /** PORT is one that a server on 127.0.0.1 listens on, and that is allowed otherwise. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/",
        "http://2130706433:PORT/",
        "http://017700000001:PORT/",
        "http://0177.0.0.1:PORT/",
        "http://0x7f000001:PORT/",
        "http://0x7f.0x0.0x0.0x1:PORT/",
        "http://127.1:PORT/",
        "http://127.0.1:PORT/",
        "http://0:PORT/",
        "http://0.0.0.0:PORT/",
        "http://127.0.0.1.:PORT/",
        "http://[::1]:PORT/",
        "http://[::]:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://[::ffff:7f00:1]:PORT/",
        "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
        "http://[::127.0.0.1]:PORT/",
        "http://[64:ff9b::127.0.0.1]:PORT/",
        "http://[2002:7f00:1::]:PORT/",
        "http://[2001:0:808:808:0:0:80ff:fffe]:PORT/",
        "http://[fe80::5efe:127.0.0.1]:PORT/",
        "http://[::1%25lo]:PORT/",
        "http://[::1%lo]:PORT/",
        "http://１２７.０.０.１:PORT/",
        "http://127。0。0。1:PORT/",
        "http://ⓛocalhost:PORT/",
        "http://%31%32%37.0.0.1:PORT/",
        "http://good@127.0.0.1:PORT/",
        "http://good:80@127.0.0.1:PORT/",
        "http://good@169.254.169.254/",
        "http://good\\@127.0.0.1:PORT/",
        "http://good#@127.0.0.1:PORT/",
        "http://127.0.0.1:PORT\\@good/",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.internal:PORT/",
        "http://localhost:PORT/",
        "http://localhost.:PORT/",
        "http:127.0.0.1:PORT/",
        "http:///127.0.0.1:PORT/",
        "//127.0.0.1:PORT/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:PORT/_GET"
      })
  void reachesNoWayOfWritingALoopbackAddress(String url) throws Exception {
    Outcome outcome = strict.deliver(parcel(url.replace("PORT", "" + secret.port())));
    assertThat(((Unreached) outcome).cause()).isEqualTo(Cause.REFUSED_BY_GUARD);
    assertThat(secret.accepted()).isZero();
  }

  @Test
  void saysSoBeforeAnythingIsPosted() {
    for (String url : List.of("http://169.254.169.254/", "http://a@b/", "http://h:22/")) {
      assertThatThrownBy(() -> strict.check(url)).isInstanceOf(GatewayException.class);
    }
    strict.check("http://example.com/");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    String moved =
        "HTTP/1.1 %d Moved\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
            .formatted(status, secret.port());
    try (var receiver = ScriptedReceiver.start(saying(moved))) {
      Outcome outcome = loopback.deliver(parcel("http://one.example:" + receiver.port() + "/"));
      assertThat(((Answered) outcome).status()).isEqualTo(status);
      assertThat(outcome.success()).isFalse();
      assertThat(secret.accepted()).isZero();
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  /** Also when a connection to the address before is still open. */
  @Test
  void judgesWhereANameLeadsToAnewEachTime() throws Exception {
    var answers = List.of("127.0.0.1", "127.0.0.2", "127.0.0.1").iterator();
    Resolver rebinding = _ -> List.of(InetAddress.ofLiteral(answers.next()));
    EgressPolicy policy = new EgressPolicy(List.of(Network.of("127.0.0.1/32")), Set.of(443), false);
    try (var receiver = ScriptedReceiver.start(saying(OK));
        HttpCourier courier = courier(policy, limits(Duration.ofSeconds(30)), rebinding)) {
      String url = "http://rebinding.example:" + receiver.port() + "/";
      assertThat(courier.deliver(parcel(url))).matches(Outcome::success);
      assertThat(((Unreached) courier.deliver(parcel(url))).cause())
          .isEqualTo(Cause.REFUSED_BY_GUARD);
      assertThat(courier.deliver(parcel(url))).matches(Outcome::success);
      assertThat(receiver.requests()).hasSize(2);
    }
  }

  @Test
  void connectsToNoAddressOfANameWhenOneIsForbidden() throws Exception {
    EgressPolicy policy = new EgressPolicy(List.of(Network.of("127.0.0.1/32")), Set.of(443), false);
    try (var receiver = ScriptedReceiver.start(saying(OK));
        HttpCourier courier =
            courier(policy, limits(Duration.ofSeconds(30)), to("127.0.0.1", "127.0.0.2"))) {
      Outcome outcome = courier.deliver(parcel("http://mixed.example:" + receiver.port() + "/"));
      assertThat(((Unreached) outcome).cause()).isEqualTo(Cause.REFUSED_BY_GUARD);
      assertThat(receiver.accepted()).isZero();
    }
  }
}
