package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.link.Mail;
import dev.switchboard.whatsapp.link.StanzaLink;
import dev.switchboard.whatsapp.session.Endings;
import dev.switchboard.whatsapp.session.RequestIds;
import dev.switchboard.whatsapp.session.SessionLimits;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.socket.SocketEnd;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers each request as a test says; hangs up where the test has no answer. */
public final class ScriptedServer implements StanzaLink {
  private final Function<Node, Optional<Node>> answers;
  private final ArrayDeque<Node> arrivals = new ArrayDeque<>();
  private final List<Node> requests = new ArrayList<>();
  private final List<Node> said = new ArrayList<>();

  /**
   * A server.
   *
   * @param answers the content of the answer to a request: {@code <error code>} for a refusal,
   *     {@code <nothing>} for an empty result
   */
  public ScriptedServer(Function<Node, Optional<Node>> answers) {
    this.answers = answers;
  }

  public static Optional<Node> result() {
    return Optional.of(Node.of("nothing"));
  }

  public static Optional<Node> refusal(int code) {
    return Optional.of(Node.builder("error").attribute("code", code).build());
  }

  /** A stream of stanzas that ends at this server. */
  public StanzaStream stream(InstantSource clock) {
    return new StanzaStream(
        this, SessionLimits.DEFAULT, new Endings(clock), clock, new RequestIds(new Random(1)));
  }

  /** What was asked so far that has a child of that name. */
  public List<Node> requests(String child) {
    return requests.stream().filter(request -> request.child(child).isPresent()).toList();
  }

  /** What was said so far under that name without asking for an answer. */
  public List<Node> said(String tag) {
    return said.stream().filter(node -> node.tag().equals(tag)).toList();
  }

  @Override
  public void send(Node node) {
    if (!node.tag().equals("iq")) {
      said.add(node);
      return;
    }
    requests.add(node);
    answers.apply(node).ifPresent(content -> arrivals.add(reply(node, content)));
  }

  private static Node reply(Node request, Node content) {
    var reply = Node.builder("iq").attribute("id", request.attribute("id"));
    return switch (content.tag()) {
      case "error" -> reply.attribute("type", "error").child(content).build();
      case "nothing" -> reply.attribute("type", "result").build();
      default -> reply.attribute("type", "result").child(content).build();
    };
  }

  @Override
  public @Nullable Node poll() {
    return arrivals.poll();
  }

  @Override
  public void feed(byte[] piece) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Mail await(Duration patience, boolean withOrders) {
    return new Mail.Ended(new SocketEnd(1006, "gone"));
  }
}
