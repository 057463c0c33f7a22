package dev.switchboard.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriteThroughTest {
  private final Map<Integer, String> store = new ConcurrentHashMap<>(Map.of(1, "one"));
  private final AtomicInteger loads = new AtomicInteger();
  private final WriteThrough<Integer, String> cache = new WriteThrough<>(100);
  private volatile boolean away;

  @Test
  void asksTheStoreOnce() {
    for (int i = 0; i < 10; i++) {
      assertThat(find(1)).contains("one");
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void keepsNothingOfWhatIsNotThere() {
    IntStream.range(100, 1_000).forEach(key -> assertThat(find(key)).isEmpty());
    assertThat(cache.size()).isZero();
    store.put(100, "new");
    assertThat(find(100)).contains("new");
  }

  @Test
  void tellsWhatWasChanged() {
    assertThat(find(1)).contains("one");
    change(1, "uno");
    assertThat(find(1)).contains("uno");
    assertThat(cache.change(1, () -> store.remove(1), () -> load(1))).isEqualTo("uno");
    assertThat(find(1)).isEmpty();
    change(1, "again");
    assertThat(find(1)).contains("again");
  }

  @Test
  void aReadThatWasOvertakenByAChangeIsNotKept() throws InterruptedException {
    var read = new CountDownLatch(1);
    var changed = new CountDownLatch(1);
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              Optional<String> _ =
                  cache.find(
                      1,
                      () -> {
                        Optional<String> old = load(1);
                        read.countDown();
                        await(changed);
                        return old;
                      });
            });
    read.await();
    change(1, "uno");
    changed.countDown();
    reader.join();
    assertThat(find(1)).contains("uno");
  }

  @Test
  void aReadThatWasOvertakenByAChangeOfUnknownKeysIsNotKept() {
    Optional<String> stale =
        cache.find(
            1,
            () -> {
              Optional<String> old = load(1);
              String _ = cache.changeWhere("one"::equals, () -> store.put(1, "uno"));
              return old;
            });
    assertThat(stale).contains("one");
    assertThat(find(1)).contains("uno");
  }

  @Test
  void aChangeOfUnknownKeysReachesWhatIsKept() {
    store.put(2, "two");
    find(1);
    find(2);
    String _ = cache.changeWhere("two"::equals, () -> store.put(2, "due"));
    assertThat(find(2)).contains("due");
    assertThat(loads).hasValue(3);
  }

  @Test
  void goesOnTellingWhileStorageIsAway() {
    find(1);
    away = true;
    assertThat(find(1)).contains("one");
    assertThatThrownBy(() -> find(2)).isInstanceOf(GatewayException.class);
  }

  @Test
  void readsAnewWhatAFailedChangeMayHaveChanged() {
    find(1);
    assertThatThrownBy(() ->
            cache.change(
                1,
                () -> {
                  store.put(1, "uno"); // Committed, and then the answer was lost.
                  away = true;
                  throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "away");
                },
                () -> load(1)))
        .isInstanceOf(GatewayException.class);
    assertThat(find(1)).contains("one");
    away = false;
    assertThat(find(1)).contains("uno");
    int before = loads.get();
    assertThat(find(1)).contains("uno");
    assertThat(loads).hasValue(before);
  }

  @Test
  void holdsNoMoreThanItsLimitAndKeepsWhatIsAskedFor() {
    IntStream.range(0, 1_000).forEach(key -> store.put(key, "value " + key));
    for (int key = 0; key < 1_000; key++) {
      assertThat(find(key)).contains("value " + key);
      assertThat(find(7)).contains("value 7");
      assertThat(cache.size()).isLessThanOrEqualTo(100);
    }
    int before = loads.get();
    assertThat(find(7)).contains("value 7");
    assertThat(loads).hasValue(before);
  }

  @Test
  void aReadAfterAChangeIsNeverBehindWithManyAtWork() throws InterruptedException {
    var counter = new WriteThrough<Integer, Integer>(4);
    var stored = new ConcurrentHashMap<Integer, Integer>();
    var behind = new AtomicInteger();
    Thread[] workers = new Thread[8];
    for (int worker = 0; worker < workers.length; worker++) {
      int key = worker / 2; // A writer and a reader for each.
      boolean writes = worker % 2 == 0;
      workers[worker] =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 1; i <= 20_000; i++) {
                  int value = i;
                  if (writes) {
                    Object _ =
                        counter.change(
                            key,
                            () -> Optional.ofNullable(stored.put(key, value)),
                            () -> Optional.ofNullable(stored.get(key)));
                  }
                  Optional<Integer> found =
                      counter.find(key, () -> Optional.ofNullable(stored.get(key)));
                  if (writes && !found.equals(Optional.of(value))) {
                    behind.incrementAndGet();
                  }
                }
              });
    }
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(behind).hasValue(0);
  }

  private Optional<String> find(int key) {
    return cache.find(key, () -> load(key));
  }

  private void change(int key, String value) {
    boolean _ =
        cache.change(
            key,
            () -> {
              store.put(key, value);
              return true;
            },
            () -> load(key));
  }

  private Optional<String> load(int key) {
    loads.incrementAndGet();
    if (away) {
      throw new GatewayException(Reason.STORAGE_UNAVAILABLE, "away");
    }
    return Optional.ofNullable(store.get(key));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
