package dev.switchboard.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.health.HealthLimits;
import dev.switchboard.whatsapp.link.Mail;
import dev.switchboard.whatsapp.link.StanzaLink;
import dev.switchboard.whatsapp.socket.SocketEnd;
import dev.switchboard.whatsapp.socket.SocketException;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StanzaStreamTest {
  private static final int MOST_ASIDE = 3;

  private final ScriptedLink link = new ScriptedLink();
  private final StanzaStream stream =
      new StanzaStream(
          link,
          new SessionLimits(
              Duration.ofMillis(50),
              Duration.ofMillis(50),
              Duration.ofSeconds(20),
              Duration.ofSeconds(30),
              Duration.ofSeconds(20),
              1024,
              4,
              MOST_ASIDE,
              HealthLimits.DEFAULT),
          new Endings(InstantSource.system()),
          InstantSource.system(),
          new RequestIds(new Random(1)));

  @Test
  void putsAsideWhatIsNoReplyAndKeepsItsOrder() throws Exception {
    link.arrive(stanza("first"), stanza("second"), null);

    Node reply = stream.request("get", "w:p", Node.of("ping"));

    assertThat(reply.has("type", "result")).isTrue();
    assertThat(stream.next(Duration.ZERO)).isEqualTo(new Incoming.Stanza(stanza("first")));
    assertThat(stream.next(Duration.ZERO)).isEqualTo(new Incoming.Stanza(stanza("second")));
    assertThat(stream.next(Duration.ZERO)).isEqualTo(new Incoming.Nothing());
  }

  @Test
  void throwsTheServersRefusal() {
    link.arrive(
        Node.of(
            "iq",
            Map.of("id", link.nextId(), "type", "error"),
            Node.of("error", Map.of("code", "429"))));

    assertThatThrownBy(() -> stream.request("get", "usync", Node.of("usync")))
        .isInstanceOfSatisfying(
            RequestRefused.class, refused -> assertThat(refused.code()).isEqualTo(429));
  }

  @Test
  void aRequestOfTheServerUnderTheSameIdIsNoReply() throws Exception {
    link.arrive(Node.of("iq", Map.of("id", link.nextId(), "type", "set")), null);

    assertThat(stream.request("get", "w:p", Node.of("ping")).has("type", "result")).isTrue();
  }

  @Test
  void endsWhenMoreArrivesBeforeTheReplyThanMayBePutAside() {
    link.arrive(stanza("1"), stanza("2"), stanza("3"), stanza("4"));

    assertThatThrownBy(() -> stream.request("get", "w:p", Node.of("ping")))
        .isInstanceOfSatisfying(
            SessionEnded.class,
            ended -> assertThat(ended.end()).isInstanceOf(ConnectionEnd.Lost.class));
  }

  @Test
  void endsAsSilentWithoutAReply() {
    assertThatThrownBy(() -> stream.request("get", "w:p", Node.of("ping")))
        .isInstanceOfSatisfying(
            SessionEnded.class,
            ended ->
                assertThat(ended.end())
                    .isEqualTo(
                        new ConnectionEnd.Lost(StateCause.SERVER_SILENT, "no reply in time")));
  }

  @Test
  void endsWithTheServersLastWordWhateverIsWaitedFor() {
    link.arrive(Node.of("stream:error", Map.of("code", "515")));

    assertThatThrownBy(() -> stream.await("success"))
        .isInstanceOfSatisfying(
            SessionEnded.class,
            ended -> assertThat(ended.end()).isEqualTo(new ConnectionEnd.Reconnect()));
  }

  @Test
  void endsWithTheSocket() {
    link.end = new SocketEnd(1000, "closed by the server");

    assertThatThrownBy(() -> stream.next(Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            SessionEnded.class,
            ended -> assertThat(ended.end()).isInstanceOf(ConnectionEnd.Lost.class));
  }

  @Test
  void readsTheServersLastWordWhenAWriteFails() {
    link.broken = true;
    link.arrive(stanza("unread"), Node.of("stream:error", Map.of("code", "515")));

    assertThatThrownBy(() -> stream.send(stanza("late")))
        .isInstanceOfSatisfying(
            SessionEnded.class,
            ended -> assertThat(ended.end()).isEqualTo(new ConnectionEnd.Reconnect()));
  }

  @Test
  void endsAsLostWhenAWriteFailsWithoutAWord() {
    link.broken = true;

    assertThatThrownBy(() -> stream.send(stanza("late")))
        .isInstanceOfSatisfying(
            SessionEnded.class,
            ended -> assertThat(ended.end()).isInstanceOf(ConnectionEnd.Lost.class));
  }

  private static Node stanza(String id) {
    return Node.of("notification", Map.of("id", id));
  }

  /** Arrivals in order; null stands for the reply to the last request. */
  private static final class ScriptedLink implements StanzaLink {
    private final ArrayDeque<List<@Nullable Node>> arrivals = new ArrayDeque<>();
    private final List<Node> sent = new ArrayList<>();
    private @Nullable SocketEnd end;
    private boolean broken;

    void arrive(@Nullable Node... nodes) {
      for (Node node : nodes) {
        List<@Nullable Node> one = new ArrayList<>();
        one.add(node);
        arrivals.add(one);
      }
    }

    /** The id of the first request: the numbers begin alike for a seeded source. */
    String nextId() {
      return new RequestIds(new Random(1)).next();
    }

    @Override
    public void send(Node node) {
      if (broken) {
        throw new SocketException(SocketException.Reason.BROKEN, "gone");
      }
      sent.add(node);
    }

    @Override
    public @Nullable Node poll() {
      List<@Nullable Node> next = arrivals.poll();
      if (next == null) {
        return null;
      }
      Node node = next.getFirst();
      return node != null
          ? node
          : Node.of("iq", Map.of("id", sent.getLast().requiredAttribute("id"), "type", "result"));
    }

    @Override
    public void feed(byte[] piece) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Mail await(Duration patience, boolean withOrders) {
      return end == null ? new Mail.Nothing() : new Mail.Ended(end);
    }
  }
}
