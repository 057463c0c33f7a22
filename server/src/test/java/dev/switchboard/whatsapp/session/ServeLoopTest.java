package dev.switchboard.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.health.Heals;
import dev.switchboard.whatsapp.link.Mail;
import dev.switchboard.whatsapp.link.StanzaLink;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long it takes to notice what, with the limits that hold by default. */
@Timeout(30)
class ServeLoopTest {
  private static final Duration CHATTER = Duration.ofSeconds(3);
  private static final AppStateTrouble BROKEN =
      new AppStateTrouble("critical_block", "SNAPSHOT_MAC", true);
  private static final ConnectorEvent BROKEN_TOLD =
      new ConnectorEvent.Degraded(StateCause.APP_STATE_BROKEN, "critical_block: SNAPSHOT_MAC");

  private final ManualClock clock = new ManualClock();
  private final Instant start = clock.instant();
  private final Server server = new Server();
  private final Heals heals = new Heals(SessionLimits.DEFAULT.health());
  private final List<Told> told = new ArrayList<>();
  private Instant unacknowledgedSince = Instant.MAX;
  private List<AppStateTrouble> troubles = List.of();
  private Instant mendedAt = Instant.MAX;

  private record Told(Duration at, ConnectorEvent event) {}

  @Test
  void aServerThatAnswersIsLeftInPeaceForADay() {
    server.until = start.plus(Duration.ofDays(1));

    assertThat(run()).isInstanceOf(ConnectionEnd.Stopped.class);

    assertThat(told).isEmpty();
    assertThat(server.pings).isBetween(24 * 120, 24 * 180);
  }

  @Test
  void aSilentOrHalfOpenLinkIsGivenUpWithinFiftySeconds() {
    server.answersPings = false;

    assertThat(run())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.SERVER_SILENT));

    assertThat(elapsed()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(50));
  }

  @Test
  void unansweredRequestsAreSeenWithinAMinuteThoughOtherThingsArrive() {
    server.answersPings = false;
    server.chats = true;

    assertThat(run())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.REQUESTS_UNANSWERED));

    assertDegraded(StateCause.REQUESTS_UNANSWERED, Duration.ofSeconds(60));
    assertThat(elapsed()).isLessThanOrEqualTo(Duration.ofSeconds(95));
  }

  @Test
  void aMuteServerIsSeenWithinFortyFiveSecondsOfTheMessage() {
    unacknowledgedSince = start;

    assertThat(run())
        .isInstanceOfSatisfying(
            ConnectionEnd.Lost.class,
            end -> assertThat(end.cause()).isEqualTo(StateCause.MESSAGES_UNACKNOWLEDGED));

    assertDegraded(StateCause.MESSAGES_UNACKNOWLEDGED, Duration.ofSeconds(45));
    assertThat(elapsed()).isLessThanOrEqualTo(Duration.ofSeconds(76));
  }

  @Test
  void anAcknowledgementEndsTheIllness() {
    unacknowledgedSince = start;
    server.acknowledgesAt = start.plusSeconds(60);
    server.until = start.plusSeconds(600);

    assertThat(run()).isInstanceOf(ConnectionEnd.Stopped.class);

    assertThat(told)
        .extracting(Told::event)
        .hasSize(2)
        .last()
        .isEqualTo(new ConnectorEvent.Recovered());
  }

  @Test
  void whatIsBrokenBesideIsToldAndHealedByNoOtherConnection() {
    troubles = List.of(BROKEN, new AppStateTrouble("regular", "is being fetched", false));
    server.until = start.plus(Duration.ofHours(2));

    assertThat(run()).isInstanceOf(ConnectionEnd.Stopped.class);

    assertThat(told).extracting(Told::event).containsExactly(BROKEN_TOLD);
  }

  @Test
  void whatIsOnlyBeingFetchedIsNotTold() {
    troubles = List.of(new AppStateTrouble("regular", "is being fetched", false));
    server.until = start.plusSeconds(60);

    assertThat(run()).isInstanceOf(ConnectionEnd.Stopped.class);

    assertThat(told).isEmpty();
  }

  @Test
  void theEndOfAnIllnessDoesNotHideWhatIsStillBroken() {
    troubles = List.of(BROKEN);
    unacknowledgedSince = start;
    server.acknowledgesAt = start.plusSeconds(60);
    mendedAt = start.plusSeconds(120);
    server.until = start.plusSeconds(600);

    assertThat(run()).isInstanceOf(ConnectionEnd.Stopped.class);

    assertThat(told.stream().map(each -> cause(each.event())))
        .containsExactly(
            Optional.of(StateCause.APP_STATE_BROKEN),
            Optional.of(StateCause.MESSAGES_UNACKNOWLEDGED),
            Optional.of(StateCause.APP_STATE_BROKEN),
            Optional.empty());
  }

  @Test
  void staysDegradedWhenNewConnectionsDoNotHelpAndNeverStorms() {
    int lost = 0;
    server.until = start.plus(Duration.ofMinutes(55));
    while (clock.instant().isBefore(server.until)) {
      unacknowledgedSince = clock.instant();
      lost += run() instanceof ConnectionEnd.Lost ? 1 : 0;
    }
    assertThat(lost).isEqualTo(3);
    assertThat(told).extracting(Told::event).last().isInstanceOf(ConnectorEvent.Degraded.class);
  }

  @Test
  void tellsWhatIsKnown() {
    troubles = List.of(BROKEN);
    server.until = start.plusSeconds(100);
    ServeLoop loop = loop();
    assertThat(loop.health().lastAnswer()).isNull();
    assertThatThrownBy(() -> loop.run(new Idle())).isInstanceOf(SessionEnded.class);
    assertThat(loop.health().roundTrip()).isEqualTo(Server.ROUND_TRIP);
    assertThat(loop.health().lastAnswer()).isAfter(start.plusSeconds(60));
    assertThat(loop.health().lastFrame()).isEqualTo(loop.health().lastAnswer());
    assertThat(loop.health().unacknowledgedSince()).isNull();
    assertThat(loop.health().appStateTroubles()).isEqualTo(troubles);
  }

  private static Optional<StateCause> cause(ConnectorEvent event) {
    return event instanceof ConnectorEvent.Degraded degraded
        ? Optional.of(degraded.cause())
        : Optional.empty();
  }

  private void assertDegraded(StateCause cause, Duration within) {
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().at()).isLessThanOrEqualTo(within);
    assertThat(told.getFirst().event())
        .isInstanceOfSatisfying(
            ConnectorEvent.Degraded.class,
            degraded -> assertThat(degraded.cause()).isEqualTo(cause));
  }

  private ConnectionEnd run() {
    return catchThrowableOfType(SessionEnded.class, () -> loop().run(new Idle())).end();
  }

  private ServeLoop loop() {
    StanzaStream stream =
        new StanzaStream(
            server,
            SessionLimits.DEFAULT,
            new Endings(clock),
            clock,
            new RequestIds(new Random(1)));
    return new ServeLoop(
        stream,
        SessionLimits.DEFAULT,
        clock,
        new Random(1),
        heals,
        event -> told.add(new Told(elapsed(), event)));
  }

  private Duration elapsed() {
    return Duration.between(start, clock.instant());
  }

  private final class Idle implements StanzaHandler {
    @Override
    public void handle(Node stanza) {
      assertThat(stanza.tag()).isEqualTo("presence");
    }

    @Override
    public void tick(Instant now) {
      if (!now.isBefore(server.acknowledgesAt)) {
        unacknowledgedSince = Instant.MAX;
      }
      if (!now.isBefore(mendedAt)) {
        troubles = List.of();
      }
    }

    @Override
    public List<AppStateTrouble> troubles() {
      return troubles;
    }

    @Override
    public Instant unacknowledgedSince() {
      return unacknowledgedSince;
    }

    @Override
    public Instant deadline() {
      return unacknowledgedSince.equals(Instant.MAX) ? Instant.MAX : server.acknowledgesAt;
    }
  }

  /** What the other side does; waiting for it is what lets the time pass. */
  private final class Server implements StanzaLink {
    private static final Duration ROUND_TRIP = Duration.ofMillis(80);

    private final ArrayDeque<Node> readable = new ArrayDeque<>();
    private final ArrayDeque<Node> pongs = new ArrayDeque<>();
    private boolean answersPings = true;
    private boolean chats;
    private int pings;
    private Instant acknowledgesAt = Instant.MAX;
    private Instant until = Instant.MAX;

    @Override
    public void send(Node node) {
      pings++;
      if (answersPings) {
        pongs.add(Node.of("iq", Map.of("type", "result", "id", node.requiredAttribute("id"))));
      }
    }

    @Override
    public @Nullable Node poll() {
      return readable.poll();
    }

    @Override
    public void feed(byte[] piece) {
      assertThat(piece).isEmpty();
    }

    @Override
    public Mail await(Duration patience, boolean withOrders) {
      Duration step = chats && patience.compareTo(CHATTER) > 0 ? CHATTER : patience;
      if (!pongs.isEmpty()) {
        step = step.compareTo(ROUND_TRIP) < 0 ? step : ROUND_TRIP;
      }
      clock.advance(step);
      if (!clock.instant().isBefore(until)) {
        return new Mail.Stop();
      }
      if (!pongs.isEmpty() && step.equals(ROUND_TRIP)) {
        readable.add(pongs.remove());
        return new Mail.Piece(new byte[0]);
      }
      if (step.equals(CHATTER)) {
        readable.add(Node.of("presence"));
        return new Mail.Piece(new byte[0]);
      }
      return new Mail.Nothing();
    }
  }
}
