package dev.switchboard.whatsapp.session;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectionEnd.Lost;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.link.Mail;
import dev.switchboard.whatsapp.link.StanzaLink;
import dev.switchboard.whatsapp.socket.SocketException;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Stanzas out, stanzas in, and replies to requests, for the session's thread alone.
 *
 * <p>While a reply is waited for, whatever else arrives is put aside and comes out of {@link #next}
 * afterwards, in its order. Any wait ends with {@link SessionEnded} when the connection does.
 */
public final class StanzaStream {
  /** How long the end of a connection may lag behind the first write that it fails. */
  private static final Duration LAST_WORD = Duration.ofMillis(500);

  private final StanzaLink link;
  private final SessionLimits limits;
  private final Endings endings;
  private final InstantSource clock;
  private final RequestIds ids;
  private final ArrayDeque<Node> aside = new ArrayDeque<>(2);
  private volatile Instant lastFrame;

  public StanzaStream(
      StanzaLink link, SessionLimits limits, Endings endings, InstantSource clock, RequestIds ids) {
    this.link = link;
    this.limits = limits;
    this.endings = endings;
    this.clock = clock;
    this.ids = ids;
    this.lastFrame = clock.instant();
  }

  /** When something was last read; may be asked by any thread. */
  Instant lastFrame() {
    return lastFrame;
  }

  /** An id no other request of this connection has. */
  public String nextId() {
    return ids.next();
  }

  /** Writes a stanza; no answer is waited for. */
  public void send(Node stanza) throws InterruptedException {
    try {
      link.send(stanza);
    } catch (SocketException e) {
      throw new SessionEnded(lastWord(e));
    }
  }

  /**
   * Why the server hung up: it may have said so in what nobody has read yet. Nothing of it is lost
   * that way; what was not acknowledged comes again.
   */
  private ConnectionEnd lastWord(SocketException failure) throws InterruptedException {
    while (true) {
      Node node = link.poll();
      Optional<ConnectionEnd> end = node == null ? Optional.empty() : endings.of(node);
      if (end.isPresent()) {
        return end.get();
      }
      if (node == null) {
        if (!(link.await(LAST_WORD, false) instanceof Mail.Piece(var bytes))) {
          return new Lost(StateCause.CONNECTION_LOST, String.valueOf(failure.getMessage()));
        }
        link.feed(bytes);
      }
    }
  }

  /**
   * Sends {@code <iq>} to the server and waits for the reply.
   *
   * @param type {@code get} or {@code set}
   * @throws RequestRefused when the reply is an error
   * @throws SessionEnded when there is none in time: the link is dead then
   */
  public Node request(String type, String namespace, Node content) throws InterruptedException {
    return request(type, namespace, List.of(content));
  }

  /** As {@link #request(String, String, Node)}, with several parts. */
  public Node request(String type, String namespace, List<Node> content)
      throws InterruptedException {
    String id = nextId();
    Instant asked = clock.instant();
    send(iq(id, type, namespace, content));
    Node reply =
        awaitReply(id::equals, asked.plus(limits.requestTimeout()))
            .orElseThrow(() -> noReply(asked));
    if (reply.has("type", "error")) {
      throw RequestRefused.by(reply);
    }
    return reply;
  }

  static Node iq(String id, String type, String namespace, List<Node> content) {
    return Node.builder("iq")
        .attribute("id", id)
        .attribute("to", Jid.WHATSAPP)
        .attribute("type", type)
        .attribute("xmlns", namespace)
        .children(content)
        .build();
  }

  /** Waits for the first stanza of a kind. */
  public Node await(String tag) throws InterruptedException {
    Instant deadline = clock.instant().plus(limits.handshakeTimeout());
    while (true) {
      Node node = readStanza(deadline).orElseThrow(() -> noReply(Instant.MAX));
      if (node.tag().equals(tag)) {
        return node;
      }
      putAside(node);
    }
  }

  /** What the session deals with next. */
  Incoming next(Duration patience) throws InterruptedException {
    Node waiting = aside.poll();
    return waiting == null ? read(patience, true) : new Incoming.Stanza(waiting);
  }

  /** The next reply to one of these requests; empty when there is none in time. */
  Optional<Node> awaitReply(Predicate<String> ids, Instant deadline) throws InterruptedException {
    while (true) {
      Optional<Node> node = readStanza(deadline);
      if (node.isEmpty() || isReply(node.get(), ids)) {
        return node;
      }
      putAside(node.get());
    }
  }

  private static boolean isReply(Node node, Predicate<String> ids) {
    return isReply(node) && node.attribute("id").filter(ids).isPresent();
  }

  static boolean isReply(Node node) {
    return node.tag().equals("iq") && (node.has("type", "result") || node.has("type", "error"));
  }

  private void putAside(Node node) {
    if (aside.size() >= limits.stanzasAside()) {
      // The server keeps what is not acknowledged: a new connection gets it again.
      throw new SessionEnded(
          new Lost(StateCause.CONNECTION_LOST, "too many stanzas before a reply"));
    }
    aside.add(node);
  }

  private Optional<Node> readStanza(Instant deadline) throws InterruptedException {
    Duration patience = Duration.between(clock.instant(), deadline);
    return read(patience.isNegative() ? Duration.ZERO : patience, false)
            instanceof Incoming.Stanza(var node)
        ? Optional.of(node)
        : Optional.empty();
  }

  private SessionEnded noReply(Instant asked) {
    boolean silent = lastFrame.isBefore(asked);
    return new SessionEnded(
        new Lost(
            silent ? StateCause.SERVER_SILENT : StateCause.REQUESTS_UNANSWERED,
            "no reply in time"));
  }

  private Incoming read(Duration patience, boolean withOrders) throws InterruptedException {
    Instant deadline = clock.instant().plus(patience);
    while (true) {
      Node node = link.poll();
      if (node != null) {
        lastFrame = clock.instant();
        endings.of(node).ifPresent(StanzaStream::leave);
        return new Incoming.Stanza(node);
      }
      Duration remaining = Duration.between(clock.instant(), deadline);
      Mail mail = link.await(remaining.isNegative() ? Duration.ZERO : remaining, withOrders);
      switch (mail) {
        case Mail.Piece(var bytes) -> link.feed(bytes);
        case Mail.Ordered(var order) -> {
          return new Incoming.Ordered(order);
        }
        case Mail.Ended(var end) ->
            leave(new Lost(StateCause.CONNECTION_LOST, end.detail() + ", code " + end.code()));
        case Mail.Stop _ -> leave(new ConnectionEnd.Stopped());
        case Mail.Nothing _ -> {
          return new Incoming.Nothing();
        }
      }
    }
  }

  private static void leave(ConnectionEnd end) {
    throw new SessionEnded(end);
  }
}
