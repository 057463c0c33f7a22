package dev.switchboard.egress;

import static dev.switchboard.egress.CourierBench.BODY;
import static dev.switchboard.egress.CourierBench.LOOPBACK;
import static dev.switchboard.egress.CourierBench.NOW;
import static dev.switchboard.egress.CourierBench.courier;
import static dev.switchboard.egress.CourierBench.limits;
import static dev.switchboard.egress.CourierBench.parcel;
import static dev.switchboard.egress.CourierBench.to;
import static dev.switchboard.egress.ScriptedReceiver.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.switchboard.egress.client.EgressLimits;
import dev.switchboard.egress.guard.EgressPolicy;
import dev.switchboard.egress.guard.Network;
import dev.switchboard.testing.Eventually;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Outcome.Answered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HttpCourierTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void postsToTheCheckedAddressUnderTheNameOfTheUrl() throws Exception {
    try (var receiver = ScriptedReceiver.start(saying(OK));
        HttpCourier courier = courier()) {
      String place = "receiver.example:" + receiver.port();
      Outcome outcome = courier.deliver(parcel("http://" + place + "/a//b/../%2F?c=%20+&d=[1]"));
      assertThat(outcome).isEqualTo(new Answered(200, "ok", Optional.empty()));
      var request = receiver.requests().getFirst();
      assertThat(request.line()).isEqualTo("POST /a//b/../%2F?c=%20+&d=[1] HTTP/1.1");
      assertThat(request.body()).isEqualTo(BODY);
      assertThat(request.header("host")).isEqualTo(place);
      assertThat(request.header("x-token")).isEqualTo("a b");
      assertThat(request.header("content-length")).isEqualTo(Integer.toString(BODY.length));
      assertThat(request.headers()).doesNotContainKey("accept-encoding");
    }
  }

  @Test
  void postsToEveryPathThatIsTaken() throws Exception {
    String encoded =
        IntStream.rangeClosed(0x20, 0xff)
            .filter(code -> code != 0x7f)
            .mapToObj("%%%02x"::formatted)
            .collect(Collectors.joining());
    String path = "/-._~!$&'()*+,;=:@" + encoded + "?/?[]" + encoded;
    try (var receiver = ScriptedReceiver.start(saying(OK));
        HttpCourier courier = courier()) {
      String url = "http://127.0.0.1:" + receiver.port() + path;
      courier.check(url);
      assertThat(courier.deliver(parcel(url)).success()).isTrue();
      assertThat(receiver.requests().getFirst().line()).isEqualTo("POST " + path + " HTTP/1.1");
      assertThat(receiver.requests().getFirst().header("host"))
          .isEqualTo("127.0.0.1:" + receiver.port());
    }
  }

  @Test
  void postsToIpv6WhereThereIsAny() throws Exception {
    EgressPolicy own = new EgressPolicy(List.of(Network.of("::1/128")), Set.of(), false);
    try (var receiver = new ScriptedReceiver(ipv6(), saying(OK));
        HttpCourier courier = courier(own, limits(Duration.ofSeconds(30)), to("::1"))) {
      for (String host : List.of("[::1]", "six.example")) {
        Outcome outcome = courier.deliver(parcel("http://" + host + ":" + receiver.port() + "/"));
        assertThat(outcome).matches(Outcome::success);
      }
      assertThat(receiver.requests().getFirst().header("host"))
          .isEqualTo("[0:0:0:0:0:0:0:1]:" + receiver.port());
    }
  }

  private static ServerSocket ipv6() {
    try {
      return new ServerSocket(0, 50, InetAddress.ofLiteral("::1"));
    } catch (IOException e) {
      return abort("this machine has no IPv6");
    }
  }

  @Test
  void usesAConnectionAgainForTheSameNameAndAddressOnly() throws Exception {
    try (var receiver = ScriptedReceiver.start(saying(OK));
        HttpCourier courier = courier()) {
      for (int i = 0; i < 3; i++) {
        assertThat(courier.deliver(parcel(url("one.example", receiver))).success()).isTrue();
      }
      assertThat(receiver.accepted()).isEqualTo(1);
      courier.deliver(parcel(url("two.example", receiver)));
      assertThat(receiver.accepted()).isEqualTo(2);
    }
  }

  @Test
  void usesItsConnectionsAgainWhenAsManyRequestsAreUnderWayAsMayBe() throws Exception {
    try (var receiver = ScriptedReceiver.start(saying(OK));
        HttpCourier courier = courier()) {
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        callers.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int j = 0; j < 20; j++) {
                    deliver(courier, url("one.example", receiver));
                  }
                }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(receiver.requests()).hasSize(160);
      assertThat(receiver.accepted()).isLessThanOrEqualTo(16);
    }
  }

  @Test
  void closesAConnectionThatNobodyUses() throws Exception {
    Duration time = Duration.ofSeconds(30);
    EgressLimits limits = new EgressLimits(time, time, Duration.ofMillis(100), 8);
    try (var receiver = ScriptedReceiver.start(saying(OK));
        HttpCourier courier = courier(LOOPBACK, limits, to("127.0.0.1"))) {
      courier.deliver(parcel(url("one.example", receiver)));
      Eventually.until("closed", () -> receiver.open() == 0 && courier.openConnections() == 0);
    }
  }

  @Test
  void closesItsConnectionsWhenItEnds() throws Exception {
    try (var receiver = ScriptedReceiver.start(saying(OK))) {
      try (HttpCourier courier = courier()) {
        courier.deliver(parcel(url("one.example", receiver)));
        assertThat(courier.openConnections()).isEqualTo(1);
      }
      Eventually.until("closed", () -> receiver.open() == 0);
    }
  }

  @Test
  void keepsNoMoreThanTwoConnectionsForEachRequestThatMayBeUnderWay() throws Exception {
    Duration time = Duration.ofSeconds(30);
    EgressLimits limits = new EgressLimits(time, time, time, 1);
    try (var receiver = ScriptedReceiver.start(saying(OK));
        HttpCourier courier = courier(LOOPBACK, limits, to("127.0.0.1"))) {
      for (int i = 0; i < 6; i++) {
        assertThat(courier.deliver(parcel(url("name" + i + ".example", receiver))).success())
            .isTrue();
        Eventually.until("at the bound", () -> courier.openConnections() <= 2);
      }
      Eventually.until("closed there", () -> receiver.open() == 2);
      assertThat(receiver.accepted()).isEqualTo(6);
    }
  }

  @Test
  void letsNoMoreRequestsBeUnderWayThanItMay() throws Exception {
    Duration time = Duration.ofSeconds(30);
    EgressLimits limits = new EgressLimits(time, time, time, 2);
    CountDownLatch answers = new CountDownLatch(1);
    AtomicInteger most = new AtomicInteger();
    AtomicInteger now = new AtomicInteger();
    ScriptedReceiver.Script script =
        (request, socket) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          answers.await();
          now.decrementAndGet();
          saying(OK).answer(request, socket);
        };
    try (var receiver = ScriptedReceiver.start(script);
        HttpCourier courier = courier(LOOPBACK, limits, to("127.0.0.1"))) {
      List<Thread> callers = new ArrayList<>();
      AtomicInteger delivered = new AtomicInteger();
      for (int i = 0; i < 6; i++) {
        callers.add(
            Thread.ofVirtual()
                .start(() -> {
                  if (deliver(courier, url("one.example", receiver)).success()) {
                    delivered.incrementAndGet();
                  }
                }));
      }
      Eventually.until("two are there", () -> receiver.requests().size() == 2);
      answers.countDown();
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(delivered).hasValue(6);
      assertThat(most).hasValue(2);
    }
  }

  @Test
  void triesTheNextAddressWhenOneCannotBeConnectedTo() throws Exception {
    try (var receiver = ScriptedReceiver.start(saying(OK));
        HttpCourier courier =
            courier(LOOPBACK, limits(Duration.ofSeconds(30)), to("127.0.0.2", "127.0.0.1"))) {
      assertThat(courier.deliver(parcel(url("one.example", receiver))).success()).isTrue();
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  @Test
  void saysForHowLongTheReceiverWantsToBeLeftAlone() throws Exception {
    assertThat(retryAfter("120")).contains(Duration.ofMinutes(2));
    assertThat(retryAfter("Sun, 01 Mar 2026 10:00:30 GMT")).contains(Duration.ofSeconds(30));
    assertThat(retryAfter("Sun, 01 Mar 2026 09:00:00 GMT")).contains(Duration.ZERO);
    assertThat(retryAfter("soon")).isEmpty();
    assertThat(retryAfter("-1")).isEmpty();
    assertThat(retryAfter("99999999999999999999")).isEmpty();
    assertThat(NOW).isEqualTo("2026-03-01T10:00:00Z");
  }

  @Test
  void keepsThePrintableBeginningOfAnAnswer() throws Exception {
    String said = "a\u0000b\u001b[31m\r\nc\u009d" + "x".repeat(2000);
    Answered answered = answer("HTTP/1.1 500 No\r\nContent-Length: " + said.length(), said);
    assertThat(answered.status()).isEqualTo(500);
    assertThat(answered.answer()).startsWith("a?b?[31m?\nc\ufffdxxx").hasSize(1024);
  }

  @Test
  void unpacksNothing() throws Exception {
    Answered answered =
        answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4", "\u001f\u008bxx");
    assertThat(answered.answer()).isEqualTo("?\ufffdxx");
  }

  private static Optional<Duration> retryAfter(String value) throws Exception {
    return answer("HTTP/1.1 503 Later\r\nRetry-After: " + value + "\r\nContent-Length: 0", "")
        .retryAfter();
  }

  private static Answered answer(String head, String body) throws Exception {
    try (var receiver = ScriptedReceiver.start(saying(head + "\r\n\r\n" + body));
        HttpCourier courier = courier()) {
      return (Answered) courier.deliver(parcel(url("one.example", receiver)));
    }
  }

  private static Outcome deliver(HttpCourier courier, String url) {
    try {
      return courier.deliver(parcel(url));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String url(String host, ScriptedReceiver receiver) {
    return "http://" + host + ":" + receiver.port() + "/";
  }
}
