package dev.switchboard.sandbox.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.whatsapp.wire.Jid;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final String ALICE = "15550001000";
  private static final DeviceAddress PHONE = new DeviceAddress(ALICE, 0);
  private static final DeviceAddress LAPTOP = new DeviceAddress(ALICE, 1);
  private static final DeviceAddress BOB = new DeviceAddress("15550002000", 1);
  private static final Jid NAME = Jid.ofPhoneNumber(ALICE);

  private final Sightings sightings = new Sightings();

  @Test
  void seesAPersonUntilTheyLeftTheLastDevice() {
    assertThat(sightings.see(PHONE, true, 1)).isTrue();
    assertThat(sightings.see(LAPTOP, true, 2)).isFalse();
    assertThat(sightings.see(PHONE, false, 3)).isFalse();
    assertThat(sightings.isSeen(ALICE)).isTrue();
    assertThat(sightings.left(ALICE)).isEmpty();

    assertThat(sightings.see(LAPTOP, false, 4)).isTrue();

    assertThat(sightings.isSeen(ALICE)).isFalse();
    assertThat(sightings.left(ALICE)).hasValue(4L);
    assertThat(sightings.see(LAPTOP, false, 5)).isFalse();
    assertThat(sightings.left(ALICE)).hasValue(4L);
  }

  @Test
  void forgetsWhomADeviceFollowsWithItsConnection() {
    assertThat(sightings.follow(BOB, ALICE, NAME)).isTrue();
    assertThat(sightings.followers(ALICE)).containsEntry(BOB, NAME);

    sightings.unfollow(BOB);

    assertThat(sightings.followers(ALICE)).isEmpty();
  }

  @Test
  void letsADeviceFollowSoManyAndNoMore() {
    for (int person = 0; person < Sightings.MOST_FOLLOWED; person++) {
      assertThat(sightings.follow(BOB, "1555001" + person, NAME)).isTrue();
    }
    assertThat(sightings.follow(BOB, ALICE, NAME)).isFalse();
    assertThat(sightings.follow(BOB, "15550010", NAME)).isTrue();
  }
}
