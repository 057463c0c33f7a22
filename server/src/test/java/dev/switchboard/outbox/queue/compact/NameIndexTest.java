package dev.switchboard.outbox.queue.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NameIndexTest {
  private static final int NAMES = 300;
  private static final int STEPS = 20_000;

  private final NameIndex<Object> index = new NameIndex<>();

  @Test
  void findsWhatAMapFindsWhateverWasPutAndRemoved() {
    Map<Long, Object> expected = new HashMap<>();
    Random random = new Random(1);
    for (int step = 0; step < STEPS; step++) {
      long name = random.nextInt(NAMES);
      boolean growing = step / 2_000 % 2 == 0;
      if (random.nextInt(4) > (growing ? 0 : 2)) {
        Object what = new Object();
        index.put(name, what);
        expected.put(name, what);
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
  void twoNamesMayStandForOneThing() {
    Object what = new Object();
    index.put(1, what);
    index.put(2, what);

    index.remove(1);

    assertThat(index.find(1)).isNull();
    assertThat(index.find(2)).isSameAs(what);
  }

  @Test
  void nothingIsFoundAfterAllWasForgotten() {
    index.put(1, new Object());

    index.clear();

    assertThat(index.find(1)).isNull();
  }
}
