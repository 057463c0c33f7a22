package dev.switchboard.outbox.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LaneIndexTest {
  private static final int NAMES = 300;
  private static final int STEPS = 20_000;

  private final LaneIndex index = new LaneIndex();

  @Test
  void findsWhatAMapFindsWhateverWasPutAndRemoved() {
    Map<Long, Lane> expected = new HashMap<>();
    Random random = new Random(1);
    for (int step = 0; step < STEPS; step++) {
      long name = random.nextInt(NAMES);
      boolean growing = step / 2_000 % 2 == 0;
      if (random.nextInt(4) > (growing ? 0 : 2)) {
        Lane lane = new Lane(name);
        index.put(name, lane);
        expected.put(name, lane);
      } else {
        index.remove(name);
        expected.remove(name);
      }
      assertThat(index.find(name)).isSameAs(expected.get(name));
    }
    for (long name = 0; name < NAMES; name++) {
      assertThat(index.find(name)).isSameAs(expected.get(name));
    }
  }

  @Test
  void twoNamesMayStandForOneLane() {
    Lane lane = new Lane(1);
    index.put(1, lane);
    index.put(2, lane);

    index.remove(1);

    assertThat(index.find(1)).isNull();
    assertThat(index.find(2)).isSameAs(lane);
  }

  @Test
  void nothingIsFoundAfterAllWasForgotten() {
    index.put(1, new Lane(1));

    index.clear();

    assertThat(index.find(1)).isNull();
  }
}
