package dev.switchboard.egress;

import dev.switchboard.egress.client.Answer;
import dev.switchboard.egress.client.EgressClient;
import dev.switchboard.egress.client.EgressLimits;
import dev.switchboard.egress.guard.Deadline;
import dev.switchboard.egress.guard.EgressException;
import dev.switchboard.egress.guard.EgressGuard;
import dev.switchboard.egress.guard.EgressPolicy;
import dev.switchboard.egress.guard.Fault;
import dev.switchboard.egress.guard.Resolver;
import dev.switchboard.egress.guard.Target;
import dev.switchboard.model.GatewayException;
import dev.switchboard.webhook.Courier;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Parcel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/** Posts over HTTP to where the guard lets it. */
public final class HttpCourier implements Courier, AutoCloseable {
  /** How many addresses of a name are tried when none can be connected to. */
  private static final int MOST_ADDRESSES = 3;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");

  private final EgressGuard guard;
  private final EgressClient client;
  private final Duration total;
  private final Semaphore places;
  private final InstantSource clock;

  private HttpCourier(
      EgressGuard guard, EgressClient client, EgressLimits limits, InstantSource clock) {
    this.guard = guard;
    this.client = client;
    this.total = limits.total();
    this.places = new Semaphore(limits.requests(), true);
    this.clock = clock;
  }

  public static HttpCourier open(EgressPolicy policy, EgressLimits limits, InstantSource clock) {
    return open(policy, limits, clock, Resolver.ofMachine(), List.of());
  }

  /**
   * @param trusted issuers of certificates instead of those that the JDK trusts; none for those
   */
  static HttpCourier open(
      EgressPolicy policy,
      EgressLimits limits,
      InstantSource clock,
      Resolver resolver,
      Collection<X509Certificate> trusted) {
    return new HttpCourier(
        new EgressGuard(policy, resolver), new EgressClient(limits, trusted), limits, clock);
  }

  @Override
  public void check(String url) {
    guard.check(url);
  }

  /** Waits for a place among the requests under way; the time counts from there. */
  @Override
  public Outcome deliver(Parcel parcel) throws InterruptedException {
    places.acquire();
    try {
      return outcome(post(parcel, Deadline.in(total)));
    } catch (EgressException e) {
      return new Outcome.Unreached(cause(e.fault()), String.valueOf(e.getMessage()));
    } catch (GatewayException e) { // It was taken when the rules were others.
      return new Outcome.Unreached(Outcome.Cause.REFUSED_BY_GUARD, String.valueOf(e.getMessage()));
    } finally {
      places.release();
    }
  }

  private Answer post(Parcel parcel, Deadline deadline)
      throws EgressException, InterruptedException {
    Target target = Target.of(parcel.url());
    List<InetAddress> addresses = guard.admit(target, deadline);
    int last = Math.min(addresses.size(), MOST_ADDRESSES) - 1;
    for (InetAddress address : addresses.subList(0, last)) {
      try {
        return client.post(target, address, parcel.headers(), parcel.body(), deadline);
      } catch (EgressException e) {
        if (e.fault() != Fault.CONNECT_FAILED || deadline.passed()) {
          throw e;
        }
      }
    }
    return client.post(target, addresses.get(last), parcel.headers(), parcel.body(), deadline);
  }

  private Outcome outcome(Answer answer) {
    String text = new String(answer.beginning(), StandardCharsets.UTF_8);
    Optional<Duration> retryAfter =
        answer.retryAfter().flatMap(header -> RetryAfter.of(header, clock.instant()));
    return new Outcome.Answered(
        answer.status(), UNPRINTABLE.matcher(text).replaceAll("?"), retryAfter);
  }

  private static Outcome.Cause cause(Fault fault) {
    return switch (fault) {
      case REFUSED -> Outcome.Cause.REFUSED_BY_GUARD;
      case NAME_NOT_FOUND -> Outcome.Cause.NAME_NOT_FOUND;
      case CONNECT_FAILED -> Outcome.Cause.CONNECT_FAILED;
      case TLS_FAILED -> Outcome.Cause.TLS_FAILED;
      case TIMED_OUT -> Outcome.Cause.TIMED_OUT;
      case BROKEN_ANSWER -> Outcome.Cause.BROKEN_ANSWER;
    };
  }

  /** How many connections are open, at work or kept for the next request. */
  public int openConnections() {
    return client.openConnections();
  }

  @Override
  public void close() {
    client.close();
    guard.close();
  }
}
