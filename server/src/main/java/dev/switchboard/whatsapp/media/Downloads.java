package dev.switchboard.whatsapp.media;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.instance.Route;
import dev.switchboard.whatsapp.link.Errands;
import dev.switchboard.whatsapp.session.Questions;
import dev.switchboard.whatsapp.wire.Node;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one account fetches while it is connected: one after the other, beside its thread, so that
 * no download, however slow, holds up messages. For the session's thread.
 */
public final class Downloads {
  private static final Logger log = LoggerFactory.getLogger(Downloads.class);

  private final ConnectorHost host;
  private final MediaClient client;
  private final Questions questions;
  private final Errands errands;
  private final InstantSource clock;
  private final ArrayDeque<Wanted> waiting = new ArrayDeque<>(1);
  private MediaHosts hosts = MediaHosts.unknown();
  private boolean busy;

  private record Wanted(MediaReference reference, Errands.Taker<Fetched> taker) {}

  public Downloads(
      ConnectorHost host,
      MediaClient client,
      Questions questions,
      Errands errands,
      InstantSource clock) {
    this.host = host;
    this.client = client;
    this.questions = questions;
    this.errands = errands;
    this.clock = clock;
  }

  /** Fetches it when its turn comes; the taker is called on the session's thread, once. */
  public void fetch(MediaReference reference, Errands.Taker<Fetched> taker)
      throws InterruptedException {
    if (waiting.size() >= client.limits().waiting()) {
      taker.take(new Fetched.Failed(MediaFault.BUSY));
      return;
    }
    waiting.add(new Wanted(reference, taker));
    next();
  }

  private void next() throws InterruptedException {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    if (hosts.isKnown(clock.instant())) {
      begin(waiting.remove());
      return;
    }
    questions.ask(
        "set", "w:m", Node.of("media_conn"), client.limits().hostsTimeout(), this::hostsNamed);
  }

  private void hostsNamed(Optional<Node> reply) throws InterruptedException {
    hosts = reply.map(node -> MediaHosts.of(node, clock.instant())).orElseGet(MediaHosts::unknown);
    if (hosts.hosts().isEmpty()) {
      log.warn("the server names no host for media");
      done(waiting.remove(), new Fetched.Failed(MediaFault.HOST_FAILED));
    } else {
      begin(waiting.remove());
    }
  }

  private void begin(Wanted wanted) throws InterruptedException {
    Route route;
    try {
      route = host.route();
    } catch (GatewayException e) {
      log.info("no media without an allowed way: {}", e.reason());
      done(wanted, new Fetched.Failed(MediaFault.PROXY_FAILED));
      return;
    }
    List<MediaHosts.Host> all = hosts.hosts();
    errands.run(
        "whatsapp-media",
        () -> fetch(route, all, wanted.reference()),
        fetched -> done(wanted, fetched));
  }

  private Fetched fetch(Route route, List<MediaHosts.Host> all, MediaReference reference)
      throws InterruptedException {
    try {
      return client.fetch(route, all, reference);
    } catch (RuntimeException e) {
      log.error("a download failed for a reason that should not be", e);
      return new Fetched.Failed(MediaFault.HOST_FAILED);
    }
  }

  private void done(Wanted wanted, Fetched fetched) throws InterruptedException {
    busy = false;
    try {
      wanted.taker().take(fetched);
    } finally {
      next();
    }
  }
}
