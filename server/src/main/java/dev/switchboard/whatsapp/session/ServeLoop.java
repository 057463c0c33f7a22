package dev.switchboard.whatsapp.session;

import dev.switchboard.connector.ConnectionEnd.Lost;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Serves a connection until it ends: stanzas, orders and timers in turn, and a pulse below. */
public final class ServeLoop {
  private final StanzaStream stream;
  private final InstantSource clock;
  private final KeepAlive keepAlive;

  public ServeLoop(
      StanzaStream stream, SessionLimits limits, InstantSource clock, RandomGenerator random) {
    this.stream = stream;
    this.clock = clock;
    this.keepAlive = new KeepAlive(limits, random, clock.instant());
  }

  /**
   * Never returns.
   *
   * @throws SessionEnded when the connection is over, whatever the reason
   */
  public void run(StanzaHandler handler) throws InterruptedException {
    while (true) {
      Instant now = clock.instant();
      if (keepAlive.pingIsDue(now)) {
        ping();
      }
      handler.tick(now);
      turn(handler);
    }
  }

  private void turn(StanzaHandler handler) throws InterruptedException {
    switch (stream.next(patience(handler))) {
      case Incoming.Stanza(var node) -> {
        keepAlive.heard();
        handler.handle(node);
      }
      case Incoming.Ordered(var order) -> order.carryOut();
      case Incoming.Nothing _ -> {
        if (keepAlive.isDead(clock.instant())) {
          throw new SessionEnded(new Lost(StateCause.SERVER_SILENT, "no answer to a ping"));
        }
      }
    }
  }

  private Duration patience(StanzaHandler handler) {
    Instant pulse = keepAlive.deadline();
    Instant due = handler.deadline();
    Duration patience = Duration.between(clock.instant(), due.isBefore(pulse) ? due : pulse);
    return patience.isNegative() ? Duration.ZERO : patience;
  }

  /** As independent clients ask; the answer counts like anything else that arrives. */
  private void ping() throws InterruptedException {
    stream.send(
        Node.builder("iq")
            .attribute("id", stream.nextId())
            .attribute("to", Jid.WHATSAPP)
            .attribute("type", "get")
            .attribute("xmlns", "w:p")
            .child(Node.of("ping"))
            .build());
  }
}
