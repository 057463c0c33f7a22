package dev.switchboard.egress;

import static dev.switchboard.egress.CourierBench.parcel;
import static dev.switchboard.egress.ScriptedReceiver.saying;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.egress.ScriptedReceiver.Script;
import dev.switchboard.testing.Eventually;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Outcome.Answered;
import dev.switchboard.webhook.Outcome.Cause;
import dev.switchboard.webhook.Outcome.Unreached;
import dev.switchboard.webhook.Parcel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Receivers that misbehave: each attempt ends in time, says how, and leaves no connection. */
class BadReceiversTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  private static HttpCourier patient;
  private static HttpCourier impatient;

  @BeforeAll
  static void open() {
    patient = CourierBench.courier();
    impatient = CourierBench.impatient();
  }

  @AfterAll
  static void close() {
    patient.close();
    impatient.close();
  }

  @Test
  void endsWhenNothingIsAnswered() throws Exception {
    assertThat(cause(impatient, (_, socket) -> waiting(socket))).isEqualTo(Cause.TIMED_OUT);
  }

  @Test
  void endsWhenAByteComesNowAndThen() throws Exception {
    assertThat(cause(impatient, dripping(HEAD + "X: "))).isEqualTo(Cause.TIMED_OUT);
    assertThat(cause(impatient, dripping(HEAD + "Content-Length: 60000\r\n\r\n")))
        .isEqualTo(Cause.TIMED_OUT);
  }

  @Test
  void endsWhenTheAnswerIsShorterThanItWasSaid() throws Exception {
    String lie = HEAD + "Content-Length: 100\r\n\r\nshort";
    assertThat(cause(patient, closing(lie))).isEqualTo(Cause.BROKEN_ANSWER);
    assertThat(cause(impatient, saying(lie))).isEqualTo(Cause.TIMED_OUT);
    String chunks = HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n";
    assertThat(cause(patient, closing(chunks))).isEqualTo(Cause.BROKEN_ANSWER);
  }

  @Test
  void endsWhenTheLengthIsNone() throws Exception {
    assertThat(cause(patient, saying(HEAD + "Content-Length: -1\r\n\r\n")))
        .isEqualTo(Cause.BROKEN_ANSWER);
    assertThat(cause(patient, saying(HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab")))
        .isEqualTo(Cause.BROKEN_ANSWER);
    assertThat(cause(patient, saying(HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")))
        .isEqualTo(Cause.BROKEN_ANSWER);
  }

  @Test
  void endsWhenTheConnectionIsReset() throws Exception {
    Script reset =
        (_, socket) -> {
          socket.setSoLinger(true, 0);
          socket.close();
        };
    assertThat(cause(patient, reset)).isEqualTo(Cause.BROKEN_ANSWER);
    Script late =
        (request, socket) -> {
          saying(HEAD + "Content-Length: 100\r\n\r\nshort").answer(request, socket);
          reset.answer(request, socket);
        };
    assertThat(cause(patient, late)).isEqualTo(Cause.BROKEN_ANSWER);
  }

  @Test
  void endsWhenNothingIsSaidAtAll() throws Exception {
    assertThat(cause(patient, closing(""))).isEqualTo(Cause.BROKEN_ANSWER);
  }

  @Test
  void endsWhenWhatComesIsNoHttp() throws Exception {
    assertThat(cause(patient, closing("SSH-2.0-OpenSSH_9.9\r\n"))).isEqualTo(Cause.BROKEN_ANSWER);
    assertThat(cause(patient, saying("SSH-2.0-OpenSSH_9.9\r\n"))).isEqualTo(Cause.BROKEN_ANSWER);
    assertThat(cause(patient, saying("HTTP/1.1 nonsense OK\r\n\r\n")))
        .isEqualTo(Cause.BROKEN_ANSWER);
  }

  @Test
  void endsWhenHeadersHaveNoEnd() throws Exception {
    assertThat(cause(patient, endless(HEAD, "X-Header: value\r\n"))).isEqualTo(Cause.BROKEN_ANSWER);
    assertThat(cause(patient, endless(HEAD + "X: ", "v"))).isEqualTo(Cause.BROKEN_ANSWER);
    assertThat(cause(patient, endless("HTTP/1.1 200 ", "OK"))).isEqualTo(Cause.BROKEN_ANSWER);
    String trailers = HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n";
    assertThat(cause(patient, endless(trailers, "X-Header: value\r\n")))
        .isEqualTo(Cause.BROKEN_ANSWER);
  }

  @Test
  void endsWhenOnlyAnnouncementsCome() throws Exception {
    assertThat(cause(impatient, endless("", "HTTP/1.1 100 Continue\r\n\r\n")))
        .isEqualTo(Cause.TIMED_OUT);
    assertThat(cause(impatient, saying("HTTP/1.1 101 Switching Protocols\r\n\r\n")))
        .isEqualTo(Cause.TIMED_OUT);
  }

  @Test
  void cutsAnAnswerThatHasNoEnd() throws Exception {
    for (String length :
        new String[] {"", "Content-Length: 99999999999\r\n", "Connection: close\r\n"}) {
      Outcome outcome = outcome(patient, endless(HEAD + length + "\r\n", "abcdefgh"));
      assertThat(outcome).isInstanceOf(Answered.class).matches(Outcome::success);
      assertThat(((Answered) outcome).answer()).startsWith("abcdefgh").hasSize(1024);
    }
    Outcome chunks =
        outcome(patient, endless(HEAD + "Transfer-Encoding: chunked\r\n\r\n", "4\r\nabcd\r\n"));
    assertThat(chunks.success()).isTrue();
  }

  @Test
  void endsWhenTheRequestIsNotRead() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, ScriptedReceiver.LOOPBACK)) {
      Outcome outcome =
          impatient.deliver(
              new Parcel(
                  "http://one.example:" + server.getLocalPort() + "/",
                  Map.of(),
                  new byte[32 << 20]));
      assertThat(((Unreached) outcome).cause()).isEqualTo(Cause.TIMED_OUT);
      Eventually.until("no connection is left", () -> impatient.openConnections() == 0);
    }
  }

  @Test
  void endsWhenNobodyListens() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 50, ScriptedReceiver.LOOPBACK)) {
      port = server.getLocalPort();
    }
    Outcome outcome = patient.deliver(parcel("http://one.example:" + port + "/"));
    assertThat(((Unreached) outcome).cause()).isEqualTo(Cause.CONNECT_FAILED);
  }

  /** The kernel takes no more connections for it, and does not say so. */
  @Test
  void endsWhenNoConnectionComesAbout() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, ScriptedReceiver.LOOPBACK)) {
      List<SocketChannel> waiting = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(server.getLocalSocketAddress());
        waiting.add(channel);
      }
      Outcome outcome =
          impatient.deliver(parcel("http://one.example:" + server.getLocalPort() + "/"));
      assertThat(((Unreached) outcome).cause()).isIn(Cause.CONNECT_FAILED, Cause.TIMED_OUT);
      Eventually.until("no connection is left", () -> impatient.openConnections() == 0);
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void endsWhenItsCallerIsInterrupted() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    try (var receiver = ScriptedReceiver.start((_, socket) -> waiting(socket))) {
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  patient.deliver(parcel("http://one.example:" + receiver.port() + "/"));
                } catch (InterruptedException e) {
                  interrupted.set(true);
                }
              });
      Eventually.until("it is there", () -> receiver.requests().size() == 1);
      caller.interrupt();
      caller.join();
      assertThat(interrupted).isTrue();
      Eventually.until(
          "no connection is left", () -> patient.openConnections() == 0 && receiver.open() == 0);
    }
  }

  @Test
  void endsWhenTlsIsNeverBegun() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, ScriptedReceiver.LOOPBACK)) {
      Outcome outcome =
          impatient.deliver(parcel("https://one.example:" + server.getLocalPort() + "/"));
      assertThat(((Unreached) outcome).cause()).isIn(Cause.TLS_FAILED, Cause.TIMED_OUT);
      Eventually.until("no connection is left", () -> impatient.openConnections() == 0);
    }
  }

  private static Cause cause(HttpCourier courier, Script script) throws Exception {
    Outcome outcome = outcome(courier, script);
    assertThat(outcome).isInstanceOf(Unreached.class);
    return ((Unreached) outcome).cause();
  }

  /** Delivers to a receiver of that script; by then the receiver must see its connection end. */
  private static Outcome outcome(HttpCourier courier, Script script) throws Exception {
    try (var receiver = ScriptedReceiver.start(script)) {
      Outcome outcome = courier.deliver(parcel("http://one.example:" + receiver.port() + "/"));
      Eventually.until(
          "no connection is left", () -> courier.openConnections() == 0 && receiver.open() == 0);
      assertThat(receiver.accepted()).isLessThanOrEqualTo(1);
      return outcome;
    }
  }

  private static Script closing(String answer) {
    return (request, socket) -> {
      saying(answer).answer(request, socket);
      socket.shutdownOutput();
    };
  }

  private static Script dripping(String beginning) {
    return (request, socket) -> {
      saying(beginning).answer(request, socket);
      while (true) {
        saying("a").answer(request, socket);
        Thread.sleep(20);
      }
    };
  }

  private static Script endless(String beginning, String more) {
    byte[] often = more.repeat(1000).getBytes(US_ASCII);
    return (request, socket) -> {
      saying(beginning).answer(request, socket);
      OutputStream output = socket.getOutputStream();
      while (true) {
        output.write(often);
      }
    };
  }

  private static void waiting(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }
}
