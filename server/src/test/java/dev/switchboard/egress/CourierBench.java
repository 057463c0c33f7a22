package dev.switchboard.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.egress.client.EgressLimits;
import dev.switchboard.egress.guard.EgressPolicy;
import dev.switchboard.egress.guard.Network;
import dev.switchboard.egress.guard.Resolver;
import dev.switchboard.webhook.Parcel;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Couriers for receivers on loopback, and what they are given. */
final class CourierBench {
  static final EgressPolicy LOOPBACK =
      new EgressPolicy(List.of(Network.of("127.0.0.0/8")), Set.of(443), false);
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final byte[] BODY = "{\"text\":\"Grüße\"}".getBytes(UTF_8);

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final int REQUESTS = 8;

  private CourierBench() {}

  /** One that has time enough on any machine. */
  static HttpCourier courier() {
    return courier(LOOPBACK, limits(Duration.ofSeconds(30)), to("127.0.0.1"));
  }

  /** One for receivers that take too long. */
  static HttpCourier impatient() {
    Duration soon = Duration.ofMillis(400);
    return courier(LOOPBACK, new EgressLimits(soon, soon, IDLE, REQUESTS), to("127.0.0.1"));
  }

  static HttpCourier courier(EgressPolicy policy, EgressLimits limits, Resolver resolver) {
    return HttpCourier.open(policy, limits, InstantSource.fixed(NOW), resolver, List.of());
  }

  static HttpCourier trusting(X509Certificate issuer) {
    return HttpCourier.open(
        LOOPBACK,
        limits(Duration.ofSeconds(30)),
        InstantSource.fixed(NOW),
        to("127.0.0.1"),
        List.of(issuer));
  }

  static EgressLimits limits(Duration total) {
    return new EgressLimits(CONNECT, total, IDLE, REQUESTS);
  }

  /** Every name has these addresses. */
  static Resolver to(String... addresses) {
    List<InetAddress> found = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    return _ -> found;
  }

  static Parcel parcel(String url) {
    return new Parcel(url, Map.of("content-type", "application/json", "x-token", "a b"), BODY);
  }
}
