package dev.switchboard.outbox.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestsTest {
  private static final int MANY = 10_000;

  private final Rests rests = new Rests();

  @Test
  void timesThatAreOutdatedDoNotFillIt() {
    Lane lane = lane(1);
    for (int time = 1; time <= MANY; time++) {
      rests.hold(lane, time);
      assertThat(rests.times()).isLessThanOrEqualTo(2 + Rests.SLACK + 1);
    }
    while (rests.next() < MANY) {
      assertThat(rests.takeOver(MANY)).isSameAs(lane);
    }
    assertThat(rests.next()).isEqualTo(MANY);
  }

  @Test
  void neitherDoTimesThatAreToldAgain() {
    Lane lane = lane(1);
    for (int i = 0; i < MANY; i++) {
      rests.letGo(lane);
      rests.hold(lane, 7);
      assertThat(rests.times()).isLessThanOrEqualTo(2 + Rests.SLACK + 1);
    }
  }

  @Test
  void neitherDoLanesThatEnded() {
    for (int i = 0; i < MANY; i++) {
      Lane lane = lane(i);
      rests.hold(lane, 7);
      lane.leave();
      rests.forget(lane);
    }
    assertThat(rests.times()).isLessThanOrEqualTo(Rests.SLACK + 1);
  }

  @Test
  void everyLaneThatWaitsIsTakenAtItsTime() {
    for (int i = 1; i <= MANY; i++) {
      rests.rest(lane(i), i);
    }
    assertThat(rests.times()).isEqualTo(MANY);
    for (int i = 1; i <= MANY; i++) {
      assertThat(rests.takeOver(i)).isNotNull();
      assertThat(rests.takeOver(i)).isNull();
    }
    assertThat(rests.next()).isEqualTo(Long.MAX_VALUE);
  }

  private static Lane lane(long name) {
    Lane lane = new Lane(name);
    lane.join();
    return lane;
  }
}
