package dev.switchboard.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordCacheTest {
  private static final AccountKey ACCOUNT = Samples.account("cached");
  private static final RecordKey KEY = key("a");

  private final ManualClock clock = new ManualClock();
  private final RecordCache cache = new RecordCache(1 << 20, Duration.ofMinutes(5), clock);

  @Test
  void remembersWhatWasFoundAndThatNothingWas() {
    found(KEY, new byte[] {1});
    cache.search(ACCOUNT, key("none")).found(Optional.empty());

    assertThat(cache.find(ACCOUNT, KEY).orElseThrow().value().orElseThrow()).containsExactly(1);
    assertThat(cache.find(ACCOUNT, key("none")).orElseThrow().value()).isEmpty();
    assertThat(cache.find(Samples.account("other"), KEY)).isEmpty();
  }

  @Test
  void believesNoFindingThatIsOlderThanAWrite() {
    var search = cache.search(ACCOUNT, KEY);
    cache.written(ACCOUNT, List.of(new RecordChange.Put(KEY, new byte[] {2})));
    search.found(Optional.of(new byte[] {1}));

    assertThat(cache.find(ACCOUNT, KEY)).isEmpty();
  }

  @Test
  void believesNoFindingFromBeforeItForgot() {
    var search = cache.search(ACCOUNT, KEY);
    cache.forget(ACCOUNT);
    search.found(Optional.of(new byte[] {1}));

    assertThat(cache.find(ACCOUNT, KEY)).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void followsWritesOfWhatIsUsedAndKeepsNothingElse() {
    found(KEY, new byte[] {1});
    cache.written(
        ACCOUNT,
        List.of(
            new RecordChange.Put(KEY, new byte[] {2}),
            new RecordChange.Put(key("b"), new byte[] {2})));
    assertThat(cache.find(ACCOUNT, KEY).orElseThrow().value().orElseThrow()).containsExactly(2);
    assertThat(cache.find(ACCOUNT, key("b"))).isEmpty();

    cache.written(ACCOUNT, List.of(new RecordChange.Remove(KEY)));
    assertThat(cache.find(ACCOUNT, KEY).orElseThrow().value()).isEmpty();
  }

  @Test
  void lettingGoOfWhatWasUsedLongestAgoKeepsItsBound() {
    var small = new RecordCache(16 * 2_000, Duration.ofMinutes(5), clock);
    for (int i = 0; i < 50; i++) {
      small.search(ACCOUNT, key("n" + i)).found(Optional.of(new byte[500]));
      assertThat(small.find(ACCOUNT, key("n0"))).as("in use").isPresent();
    }
    assertThat(small.bytes()).isLessThanOrEqualTo(2_000);
    assertThat(small.find(ACCOUNT, key("n1"))).isEmpty();
    assertThat(small.find(ACCOUNT, key("n49"))).isPresent();
  }

  @Test
  void holdsNothingOfAnIdleAccount() {
    found(KEY, new byte[] {1});
    clock.advance(Duration.ofMinutes(4));
    found(key("b"), new byte[] {1});
    clock.advance(Duration.ofMinutes(1));
    cache.sweep();
    assertThat(cache.find(ACCOUNT, KEY)).isEmpty();
    assertThat(cache.find(ACCOUNT, key("b"))).isPresent();
    clock.advance(Duration.ofMinutes(5));
    cache.sweep();
    assertThat(cache.bytes()).isZero();
  }

  private void found(RecordKey key, byte[] value) {
    cache.search(ACCOUNT, key).found(Optional.of(value));
  }

  private static RecordKey key(String name) {
    return new RecordKey(RecordKind.SESSION, name);
  }
}
