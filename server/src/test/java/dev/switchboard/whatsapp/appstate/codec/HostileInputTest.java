package dev.switchboard.whatsapp.appstate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Patches and snapshots with anything in them: refused by name, never by accident. */
class HostileInputTest {
  private static final long SEED = 20_260_703;
  private static final int INPUTS = 20_000;
  private static final int MANY = 1_000;

  private final Random random = new Random(SEED);
  private final Map<AppStateException.Reason, Integer> refused =
      new EnumMap<>(AppStateException.Reason.class);
  private final List<BaileysCollection> collections = BaileysCollection.all();

  @Test
  void refusesWhateverAPatchHolds() {
    int taken = 0;
    for (int input = 0; input < INPUTS; input++) {
      BaileysCollection collection = any(collections);
      byte[] patch = damaged(collection.steps().getFirst().patch());
      taken +=
          take(() -> {
            Patch.Result _ =
                Patch.parse(collection.name(), patch)
                    .applyTo(Position.start(), new Contents(), collection.keys());
          });
    }
    // Damage to what no MAC covers, such as unknown fields, does no harm.
    assertThat(taken).isLessThan(INPUTS / 20);
    assertThat(refused).hasSizeGreaterThan(3);
  }

  @Test
  void refusesWhateverASnapshotHolds() {
    int taken = 0;
    for (int input = 0; input < INPUTS; input++) {
      BaileysCollection collection = any(collections);
      byte[] bytes = damaged(collection.snapshot());
      taken += take(() -> Snapshot.of(collection.name(), bytes, MANY).verify(collection.keys()));
    }
    assertThat(taken).isLessThan(INPUTS / 20);
    assertThat(refused).hasSizeGreaterThan(3);
  }

  private int take(Runnable step) {
    try {
      step.run();
      return 1;
    } catch (AppStateException e) {
      refused.merge(e.reason(), 1, Integer::sum);
      return 0;
    }
  }

  private byte[] damaged(byte[] genuine) {
    byte[] bytes = genuine.clone();
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        yield noise;
      }
      case 2 -> {
        int at = random.nextInt(bytes.length);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
        System.arraycopy(bytes, at, longer, longer.length - bytes.length + at, bytes.length - at);
        yield longer;
      }
      default -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        yield bytes;
      }
    };
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
