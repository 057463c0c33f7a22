package dev.switchboard.whatsapp.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns of the account's reach-out lock, by asking and by being told, and tells the gateway. */
public final class ReachoutLocks implements Timed {
  private static final Logger log = LoggerFactory.getLogger(ReachoutLocks.class);

  /** The query's number and its words were read in public sources. */
  private static final Map<String, String> QUERY = Map.of("query_id", "23983697327930364");

  private static final byte[] NO_VARIABLES = "{\"variables\":{}}".getBytes(UTF_8);
  private static final String UPDATE = "NotificationUserReachoutTimelockUpdate";

  /** Many messages may be refused at once; one question serves them all. */
  private static final Duration ANSWER_HOLDS = Duration.ofMinutes(1);

  private final StanzaStream stream;
  private final ConnectorHost host;
  private final InstantSource clock;
  private @Nullable Timelock known;
  private Instant knownAt = Instant.MIN;
  private Instant end;

  public ReachoutLocks(StanzaStream stream, ConnectorHost host, InstantSource clock) {
    this.stream = stream;
    this.host = host;
    this.clock = clock;
    this.end = host.reachoutLock().map(ReachoutLocks::endOf).orElse(Instant.MAX);
  }

  /** Tells, once, that the end which the network named has come. */
  @Override
  public void tick(Instant now) {
    if (!now.isBefore(end)) {
      end = Instant.MAX;
      known = null;
      host.reachoutLock(null);
    }
  }

  /** When the lock that is known ends, if it ends by itself. */
  @Override
  public Instant deadline() {
    return end;
  }

  /** Asks the server, unless it was asked just now; empty when it does not say. */
  public Optional<Timelock> ask() throws InterruptedException {
    if (known == null || clock.instant().isAfter(knownAt.plus(ANSWER_HOLDS))) {
      known = null;
      request().ifPresent(this::learn);
    }
    return Optional.ofNullable(known);
  }

  /** A notification of the type {@code mex}; those about other things are passed over. */
  public void receive(Node notification) {
    notification
        .child("update")
        .filter(update -> update.has("op_name", UPDATE))
        .flatMap(update -> Timelock.parse(text(update)))
        .ifPresent(this::learn);
  }

  private Optional<Timelock> request() throws InterruptedException {
    try {
      Node query = Node.of("query", QUERY, NO_VARIABLES);
      return stream
          .request("get", "w:mex", query)
          .child("result")
          .flatMap(result -> Timelock.parse(text(result)));
    } catch (RequestRefused | WireException e) {
      log.warn("the server does not say whether there is a reach-out lock: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void learn(Timelock timelock) {
    known = timelock;
    knownAt = clock.instant();
    ReachoutLock lock = timelock.active() ? new ReachoutLock(knownAt, timelock.until()) : null;
    end = lock == null ? Instant.MAX : endOf(lock);
    host.reachoutLock(lock);
  }

  private static Instant endOf(ReachoutLock lock) {
    return lock.until() == null ? Instant.MAX : lock.until();
  }

  private static String text(Node node) {
    return new String(node.bytes(), UTF_8);
  }
}
