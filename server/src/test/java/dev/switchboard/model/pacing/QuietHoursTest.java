package dev.switchboard.model.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.pacing.QuietHours.Interval;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final QuietHours NIGHT = berlin("21:30", "08:00");

  @Test
  void holdsOverMidnightOfItsOwnZone() {
    assertThat(NIGHT.holdsAt(Instant.parse("2026-01-10T20:29:59.999Z"))).isFalse();
    assertThat(NIGHT.holdsAt(Instant.parse("2026-01-10T20:30:00Z"))).isTrue();
    assertThat(NIGHT.holdsAt(Instant.parse("2026-01-11T06:59:59.999Z"))).isTrue();
    assertThat(NIGHT.holdsAt(Instant.parse("2026-01-11T07:00:00Z"))).isFalse();
  }

  @Test
  void endsByTheClockOnTheWallWhenClocksArePutForward() {
    assertThat(NIGHT.openFrom(Instant.parse("2026-03-28T22:00:00Z")))
        .isEqualTo("2026-03-29T06:00:00Z");
  }

  @Test
  void endsByTheClockOnTheWallWhenClocksArePutBack() {
    assertThat(NIGHT.openFrom(Instant.parse("2026-10-24T22:00:00.5Z")))
        .isEqualTo("2026-10-25T07:00:00Z");
  }

  @Test
  void anEndThatIsSkippedIsThereWhenTheClockHasJumpedOverIt() {
    assertThat(berlin("01:00", "02:30").openFrom(Instant.parse("2026-03-29T00:10:00Z")))
        .isEqualTo("2026-03-29T01:00:00Z"); // 02:00 became 03:00.
  }

  @Test
  void theHourThatComesTwiceIsQuietTwice() {
    QuietHours quiet = berlin("02:00", "03:00");
    assertThat(quiet.openFrom(Instant.parse("2026-10-25T00:15:00Z")))
        .isEqualTo("2026-10-25T02:00:00Z");
    QuietHours half = berlin("02:00", "02:30");
    assertThat(half.openFrom(Instant.parse("2026-10-25T00:15:00Z")))
        .isEqualTo("2026-10-25T00:30:00Z");
    assertThat(half.openFrom(Instant.parse("2026-10-25T01:00:00Z")))
        .isEqualTo("2026-10-25T01:30:00Z");
  }

  @Test
  void intervalsThatMeetAreOne() {
    QuietHours quiet =
        new QuietHours(BERLIN, List.of(interval("20:00", "23:00"), interval("23:00", "06:00")));
    assertThat(quiet.openFrom(Instant.parse("2026-01-10T20:00:00Z")))
        .isEqualTo("2026-01-11T05:00:00Z");
  }

  @Test
  void whatIsOpenIsOpenAtOnce() {
    Instant noon = Instant.parse("2026-01-10T12:00:00.123456Z");
    assertThat(NIGHT.openFrom(noon)).isEqualTo(noon);
  }

  @Test
  void agreesWithTheClockOnTheWallInEveryZone() {
    var random = new SplittableRandom(7);
    List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    for (int i = 0; i < 5_000; i++) {
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      Interval interval = anyInterval(random);
      var quiet = new QuietHours(zone, List.of(interval));
      Instant time = Instant.ofEpochSecond(random.nextLong(1_700_000_000L, 2_000_000_000L));
      assertThat(quiet.holdsAt(time)).isEqualTo(shows(zone, interval, time));
      Instant open = quiet.openFrom(time);
      assertThat(shows(zone, interval, open)).isFalse();
      assertThat(open.equals(time) || shows(zone, interval, open.minusNanos(1))).isTrue();
    }
  }

  @Test
  void refusesWhatLeavesNoTimeOrIsNone() {
    assertThatThrownBy(() -> berlin("08:00", "07:01"))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("at least one hour");
    assertThat(berlin("08:00", "07:00").intervals()).hasSize(1);
    assertThatThrownBy(() -> interval("08:00", "08:00")).isInstanceOf(GatewayException.class);
    assertThatThrownBy(() -> interval("08:00:01", "09:00")).isInstanceOf(GatewayException.class);
    assertThatThrownBy(
            () -> new QuietHours(BERLIN, Collections.nCopies(9, interval("08:00", "09:00"))))
        .isInstanceOf(GatewayException.class);
  }

  private static boolean shows(ZoneId zone, Interval interval, Instant time) {
    LocalTime shown = time.atZone(zone).toLocalTime();
    boolean begun = !shown.isBefore(interval.from());
    boolean over = !shown.isBefore(interval.to());
    return interval.from().isBefore(interval.to()) ? begun && !over : begun || !over;
  }

  private static Interval anyInterval(SplittableRandom random) {
    LocalTime from = LocalTime.of(random.nextInt(24), random.nextInt(60));
    return new Interval(from, from.plusMinutes(random.nextInt(1, 23 * 60)));
  }

  private static QuietHours berlin(String from, String to) {
    return new QuietHours(BERLIN, List.of(interval(from, to)));
  }

  private static Interval interval(String from, String to) {
    return new Interval(LocalTime.parse(from), LocalTime.parse(to));
  }
}
