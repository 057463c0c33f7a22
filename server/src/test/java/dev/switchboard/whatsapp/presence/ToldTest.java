package dev.switchboard.whatsapp.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.event.EventPayload.PresenceChanged;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.MemoryHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldTest {
  private static final Peer BOB = Peer.of(new PhoneNumber("15550002000"));
  private static final Peer CAROL = Peer.of(new PhoneNumber("15550003000"));
  private static final Presence ONLINE = new Presence.Online();
  private static final Presence OFFLINE = new Presence.Offline(null, false);

  private final MemoryHost host = new MemoryHost();
  private final ManualClock clock = new ManualClock();
  private final Told told = new Told(host, clock);

  @Test
  void tellsSoManyAMinuteAndTheLastWordOfTheRestAfterwards() {
    for (int i = 0; i < Told.MOST_A_MINUTE; i++) {
      tell(BOB, i % 2 == 0 ? ONLINE : OFFLINE);
    }
    assertThat(host.presences).hasSize(Told.MOST_A_MINUTE);

    tell(CAROL, OFFLINE);
    tell(BOB, ONLINE);
    tell(CAROL, ONLINE);
    tell(BOB, OFFLINE); // As it was told last.
    assertThat(host.presences).hasSize(Told.MOST_A_MINUTE);
    assertThat(told.deadline()).isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));

    host.presences.clear();
    clock.advance(Duration.ofMinutes(1));
    told.tick(clock.instant());
    assertThat(host.presences).containsExactly(new PresenceChanged(CAROL, ONLINE));
    assertThat(told.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void keepsWhatCouldNotBeToldUntilStorageIsBack() {
    host.storageAway = true;
    tell(BOB, ONLINE);
    assertThat(told.deadline()).isEqualTo(clock.instant().plus(Told.AGAIN));

    host.storageAway = false;
    clock.advance(Told.AGAIN);
    told.tick(clock.instant());
    assertThat(host.presences).containsExactly(new PresenceChanged(BOB, ONLINE));
  }

  @Test
  void forgetsThoseWhoAreFollowedNoMore() {
    host.storageAway = true;
    tell(BOB, ONLINE);
    tell(CAROL, ONLINE);
    told.keep(List.of(CAROL));

    host.storageAway = false;
    clock.advance(Told.AGAIN);
    told.tick(clock.instant());
    assertThat(host.presences).containsExactly(new PresenceChanged(CAROL, ONLINE));
  }

  private void tell(Peer person, Presence presence) {
    told.tell(person, person, presence);
  }
}
