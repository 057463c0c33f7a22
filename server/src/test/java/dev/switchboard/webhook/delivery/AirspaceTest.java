package dev.switchboard.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AirspaceTest {
  private final Airspace airspace = new Airspace(2);
  private final Airspace.Place busy = airspace.new Place(new Bell());
  private final Airspace.Place other = airspace.new Place(new Bell());
  private final Airspace.Place third = airspace.new Place(new Bell());

  @Test
  void noMoreGoThanTheBound() {
    assertThat(busy.take()).isTrue();
    assertThat(busy.take()).isTrue();
    assertThat(busy.take()).isFalse();
    airspace.leave();
    assertThat(busy.take()).isTrue();
    assertThat(busy.take()).isFalse();
  }

  @Test
  void whoeverWaitedLongestIsNext() {
    assertThat(busy.take()).isTrue();
    assertThat(busy.take()).isTrue();
    assertThat(other.take()).isFalse();
    assertThat(third.take()).isFalse();
    airspace.leave();
    assertThat(busy.take()).as("it is kept for another").isFalse();
    assertThat(third.take()).isFalse();
    assertThat(other.take()).isTrue();
    airspace.leave();
    assertThat(third.take()).isTrue();
    airspace.leave();
    assertThat(busy.take()).isTrue();
  }

  @Test
  void whoHasNothingToPostGivesItsTurnOn() {
    assertThat(busy.take()).isTrue();
    assertThat(busy.take()).isTrue();
    assertThat(other.take()).isFalse();
    assertThat(third.take()).isFalse();
    airspace.leave();
    other.pass();
    assertThat(third.take()).isTrue();
    airspace.leave();
    assertThat(other.take()).isTrue();
  }
}
