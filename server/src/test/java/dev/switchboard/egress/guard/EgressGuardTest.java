package dev.switchboard.egress.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.model.GatewayException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {
  private static final Set<Integer> PORTS = Set.of(80, 443, 8080, 8443);
  private static final EgressPolicy STRICT = new EgressPolicy(List.of(), PORTS, false);
  private static final EgressPolicy WITH_HTTP = new EgressPolicy(List.of(), PORTS, true);
  private static final EgressPolicy OWN =
      new EgressPolicy(List.of(Network.of("10.1.0.0/16"), Network.of("fd00::/8")), PORTS, false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/",
        "https://example.com:8443/",
        "https://localhost/", // Judged when its addresses are known.
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/"
      })
  void hasNothingAgainstWhatMayBePublic(String url) {
    check(STRICT, url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "https://example.com:22/",
        "https://example.com:25/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.1.2.3/",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "https://[2a00::5efe:7f00:1]/",
        "https://[fd00:ec2::254]/"
      })
  void refusesAtOnceWhatCanNeverBeReached(String url) {
    assertThatThrownBy(() -> check(STRICT, url))
        .isInstanceOf(GatewayException.class)
        .hasMessageStartingWith("url ");
  }

  @Test
  void reachesPublicAddressesOverHttpWhereThatIsAllowed() {
    check(WITH_HTTP, "http://example.com:8080/");
    assertThatThrownBy(() -> check(WITH_HTTP, "http://127.0.0.1/"))
        .isInstanceOf(GatewayException.class);
  }

  @Test
  void reachesOnesOwnNetworksOnAnyPortAndWithoutTls() throws Exception {
    check(OWN, "http://10.1.2.3:9000/");
    check(OWN, "http://[fd00::1]:5000/");
    assertThatThrownBy(() -> check(OWN, "http://10.2.0.1:9000/"))
        .isInstanceOf(GatewayException.class);
    assertThat(admit(OWN, "http://receiver.internal:9000/", "10.1.2.3")).hasSize(1);
    refused(OWN, "http://receiver.internal:9000/", "10.2.0.1");
    refused(OWN, "http://example.com:9000/", "8.8.8.8");
    refused(OWN, "http://example.com/", "8.8.8.8");
    refused(OWN, "https://example.com:9000/", "8.8.8.8");
    assertThat(admit(OWN, "https://example.com/", "8.8.8.8")).hasSize(1);
  }

  @Test
  void admitsEveryAddressOfANameInItsOrder() throws Exception {
    assertThat(admit(STRICT, "https://example.com/", "8.8.8.8", "2606:4700::1111"))
        .containsExactly(
            InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("2606:4700::1111"));
  }

  @Test
  void refusesANameWithOnePrivateAddressAmongPublicOnes() {
    refused(STRICT, "https://example.com/", "8.8.8.8", "10.0.0.1");
    refused(STRICT, "https://example.com/", "127.0.0.1", "8.8.8.8");
    refused(STRICT, "https://example.com/", "8.8.8.8", "64:ff9b::a9fe:a9fe");
    refused(OWN, "https://example.com/", "10.1.0.1", "192.168.0.1");
  }

  @Test
  void tellsNobodyWhereAPrivateNameLeadsTo() {
    assertThat(refused(STRICT, "https://db.internal/", "10.20.30.40"))
        .hasMessageNotContaining("10.20");
  }

  @Test
  void judgesANameByEachAnswerThatItGives() throws Exception {
    var answers = List.of("8.8.8.8", "127.0.0.1").iterator();
    try (EgressGuard guard =
        new EgressGuard(STRICT, _ -> List.of(InetAddress.ofLiteral(answers.next())))) {
      Target target = guard.check("https://rebinding.example/");
      assertThat(guard.admit(target, soon())).containsExactly(InetAddress.ofLiteral("8.8.8.8"));
      assertThatThrownBy(() -> guard.admit(target, soon())).isInstanceOf(EgressException.class);
    }
  }

  @Test
  void looksNoAddressUp() throws Exception {
    Resolver never =
        _ -> {
          throw new AssertionError("looked up");
        };
    try (EgressGuard guard = new EgressGuard(STRICT, never)) {
      assertThat(guard.admit(guard.check("https://8.8.8.8/"), soon())).hasSize(1);
    }
  }

  @Test
  void saysWhenThereIsNoSuchName() {
    Resolver none =
        name -> {
          throw new UnknownHostException(name);
        };
    assertThat(fault(none)).isEqualTo(Fault.NAME_NOT_FOUND);
    assertThat(fault(_ -> List.of())).isEqualTo(Fault.NAME_NOT_FOUND);
  }

  @Test
  void waitsForNoNameServerLongerThanItsTime() {
    CountDownLatch ended = new CountDownLatch(1);
    try (EgressGuard guard = new EgressGuard(STRICT, hanging(new AtomicInteger(), ended))) {
      EgressException refusal =
          catchThrowableOfType(
              EgressException.class,
              () ->
                  guard.admit(
                      Target.of("https://slow.example/"), Deadline.in(Duration.ofMillis(50))));
      assertThat(refusal.fault()).isEqualTo(Fault.TIMED_OUT);
    } finally {
      ended.countDown();
    }
  }

  /** So a name server that answers nothing holds one thread, however often it is asked. */
  @Test
  void sharesOneLookupAmongAllWhoWaitForAName() {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger lookups = new AtomicInteger();
    try (EgressGuard guard = new EgressGuard(STRICT, hanging(lookups, ended))) {
      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(() ->
                guard.admit(Target.of("https://slow.example/"), Deadline.in(Duration.ofMillis(1))))
            .isInstanceOf(EgressException.class);
      }
      assertThat(lookups).hasValueLessThanOrEqualTo(1);
    } finally {
      ended.countDown();
    }
  }

  @Test
  void refusesMoreLookupsThanMayWait() {
    CountDownLatch ended = new CountDownLatch(1);
    try (EgressGuard guard = new EgressGuard(STRICT, hanging(new AtomicInteger(), ended))) {
      for (int i = 0; i < 16 + 256; i++) {
        Target target = Target.of("https://slow" + i + ".example/");
        assertThatThrownBy(() -> guard.admit(target, Deadline.in(Duration.ZERO)))
            .hasMessageContaining("not found in time");
      }
      assertThatThrownBy(() ->
              guard.admit(Target.of("https://more.example/"), Deadline.in(Duration.ofMinutes(1))))
          .hasMessageContaining("too many");
    } finally {
      ended.countDown();
    }
  }

  private static Resolver hanging(AtomicInteger lookups, CountDownLatch ended) {
    return _ -> {
      lookups.incrementAndGet();
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.of();
    };
  }

  private static Fault fault(Resolver resolver) {
    try (EgressGuard guard = new EgressGuard(STRICT, resolver)) {
      return catchThrowableOfType(
              EgressException.class, () -> guard.admit(Target.of("https://example.com/"), soon()))
          .fault();
    }
  }

  private static void check(EgressPolicy policy, String url) {
    try (EgressGuard guard = new EgressGuard(policy, Resolver.ofMachine())) {
      guard.check(url);
    }
  }

  private static EgressException refused(EgressPolicy policy, String url, String... addresses) {
    EgressException refusal =
        catchThrowableOfType(EgressException.class, () -> admit(policy, url, addresses));
    assertThat(refusal.fault()).isEqualTo(Fault.REFUSED);
    return refusal;
  }

  private static List<InetAddress> admit(EgressPolicy policy, String url, String... addresses)
      throws EgressException, InterruptedException {
    List<InetAddress> found = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    try (EgressGuard guard = new EgressGuard(policy, _ -> found)) {
      return guard.admit(Target.of(url), soon());
    }
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30));
  }
}
