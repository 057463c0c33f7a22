package dev.switchboard.loadtest.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.Event;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SequencesTest {
  private final Sequences told = new Sequences(true);

  @Test
  void findsNothingWrongWithWhatComesInOrder() {
    told.beginAfter(Map.of("shop", 4L));
    take("shop", 5);
    take("desk", 9);
    take("shop", 6);
    assertThat(wrong()).isZero();
    assertThat(told.count()).isEqualTo(3);
    assertThat(told.missing(Map.of("shop", 6L, "desk", 9L))).isZero();
  }

  @Test
  void missesWhatWasPassedOver() {
    told.beginAfter(Map.of("shop", 4L));
    take("shop", 7);
    assertThat(told.lost()).isEqualTo(2);
    assertThat(told.reordered()).isZero();
  }

  @Test
  void missesWhatIsThereAndDidNotCome() {
    told.beginAfter(Map.of("shop", 4L));
    take("shop", 5);
    assertThat(told.missing(Map.of("shop", 8L, "desk", 2L))).isEqualTo(5);
  }

  @Test
  void countsAsReorderedWhatCameAfterALaterOne() {
    told.beginAfter(Map.of("shop", 4L));
    take("shop", 6);
    take("shop", 5);
    assertThat(told.lost()).isZero();
    assertThat(told.reordered()).isEqualTo(1);
    assertThat(told.repeated()).isZero();
  }

  @Test
  void countsRepeatsAndThoseUnderAnotherId() {
    take("shop", 1);
    take("shop", 1);
    assertThat(told.repeated()).isEqualTo(1);
    assertThat(told.contradicted()).isZero();
    told.take(event("shop", 1).setEventId("another").build());
    assertThat(told.repeated()).isEqualTo(2);
    assertThat(told.contradicted()).isEqualTo(1);
  }

  private long wrong() {
    return told.lost() + told.reordered() + told.repeated() + told.contradicted();
  }

  private void take(String instance, long sequence) {
    told.take(event(instance, sequence).build());
  }

  private static Event.Builder event(String instance, long sequence) {
    return Event.newBuilder()
        .setInstanceId(instance)
        .setSequence(sequence)
        .setEventId(instance + sequence);
  }
}
