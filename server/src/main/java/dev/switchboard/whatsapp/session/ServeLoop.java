package dev.switchboard.whatsapp.session;

import dev.switchboard.connector.ConnectionEnd.Lost;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.model.instance.ConnectionHealth;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.health.Condition;
import dev.switchboard.whatsapp.health.Finding;
import dev.switchboard.whatsapp.health.Heals;
import dev.switchboard.whatsapp.health.Vitals;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Serves a connection until it ends: stanzas, orders and timers in turn, and a pulse below. */
public final class ServeLoop {
  private final StanzaStream stream;
  private final InstantSource clock;
  private final KeepAlive keepAlive;
  private final Vitals vitals;
  private final Condition condition = new Condition();
  private final Consumer<ConnectorEvent> tell;
  private volatile Instant unacknowledgedSince = Instant.MAX;
  private volatile List<AppStateTrouble> troubles = List.of();

  /**
   * A loop.
   *
   * @param heals the account's, shared by its connections
   * @param tell told when evidence shows that the connection does not work, and when it is gone
   */
  public ServeLoop(
      StanzaStream stream,
      SessionLimits limits,
      InstantSource clock,
      RandomGenerator random,
      Heals heals,
      Consumer<ConnectorEvent> tell) {
    this.stream = stream;
    this.clock = clock;
    this.keepAlive = new KeepAlive(limits, random, clock.instant());
    this.vitals = new Vitals(limits.health(), heals);
    this.tell = tell;
  }

  /** What is known of the connection; may be asked by any thread. */
  public ConnectionHealth health() {
    @Nullable Instant oldest = unacknowledgedSince.equals(Instant.MAX) ? null : unacknowledgedSince;
    return new ConnectionHealth(
        stream.lastFrame(), vitals.lastAnswer(), vitals.roundTrip(), oldest, troubles);
  }

  /**
   * Never returns.
   *
   * @throws SessionEnded when the connection is over, whatever the reason
   */
  public void run(StanzaHandler handler) throws InterruptedException {
    while (true) {
      Instant now = clock.instant();
      unacknowledgedSince = handler.unacknowledgedSince();
      if (keepAlive.pingIsDue(now) || vitals.wantsProbe(now, unacknowledgedSince)) {
        ping(now);
      }
      boolean _ = vitals.recovered(now, unacknowledgedSince);
      handler.tick(now);
      troubles = handler.troubles();
      tellWhatIsNew();
      turn(handler);
    }
  }

  private void turn(StanzaHandler handler) throws InterruptedException {
    switch (stream.next(patience(handler))) {
      case Incoming.Stanza(var node) -> {
        keepAlive.heard();
        if (!isPong(node)) {
          handler.handle(node);
        }
      }
      case Incoming.Ordered(var order) -> order.carryOut();
      case Incoming.Nothing _ -> examine(handler);
    }
  }

  private boolean isPong(Node node) {
    return node.tag().equals("iq")
        && (node.has("type", "result") || node.has("type", "error"))
        && node.attribute("id").filter(id -> vitals.answered(id, clock.instant())).isPresent();
  }

  private void examine(StanzaHandler handler) {
    Instant now = clock.instant();
    if (keepAlive.isDead(now)) {
      throw new SessionEnded(new Lost(StateCause.SERVER_SILENT, "no answer to a ping"));
    }
    Optional<Finding> finding = vitals.examine(now, handler.unacknowledgedSince());
    if (finding.orElse(null) instanceof Finding.Hopeless(var cause, var detail)) {
      throw new SessionEnded(new Lost(cause, detail));
    }
    tellWhatIsNew();
  }

  /** What is broken beside the connection is told, but another connection would not heal it. */
  private void tellWhatIsNew() {
    condition.next(vitals.illness(), troubles).ifPresent(tell);
  }

  private Duration patience(StanzaHandler handler) {
    Instant now = clock.instant();
    Instant due = earlier(handler.deadline(), keepAlive.deadline());
    due = earlier(due, vitals.due(now, handler.unacknowledgedSince()));
    Duration patience = Duration.between(now, due);
    return patience.isNegative() ? Duration.ZERO : patience;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** As independent clients ask. */
  private void ping(Instant now) throws InterruptedException {
    String id = stream.nextId();
    keepAlive.asked(now);
    vitals.asked(id, now);
    stream.send(
        Node.builder("iq")
            .attribute("id", id)
            .attribute("to", Jid.WHATSAPP)
            .attribute("type", "get")
            .attribute("xmlns", "w:p")
            .child(Node.of("ping"))
            .build());
  }
}
