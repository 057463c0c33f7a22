package dev.switchboard.sandbox.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.StringValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
  @TempDir Path folder;

  private static boolean put(StateStore store, String key, String value) {
    store.pushNames().put(key, StringValue.of(value));
    return true;
  }

  @Test
  void keepsNothingOfAChangeThatThrows() {
    try (StateStore store = StateStore.open(folder.resolve("state.mv"))) {
      store.commit(() -> put(store, "a", "first"));
      assertThatThrownBy(() ->
              store.commit(() -> {
                put(store, "a", "second");
                put(store, "b", "second");
                throw new IllegalStateException("on purpose");
              }))
          .hasMessage("on purpose");
      assertThat(store.pushNames().find("a")).hasValue(StringValue.of("first"));
      assertThat(store.pushNames().find("b")).isEmpty();
      store.commit(() -> put(store, "c", "third"));
      assertThat(store.pushNames().size()).isEqualTo(2);
    }
  }

  @Test
  void findsACommittedChangeInTheFileOfAKilledProcess() throws IOException {
    Path file = folder.resolve("state.mv");
    try (StateStore store = StateStore.open(file)) {
      for (int i = 0; i < 200; i++) {
        String key = "key " + i;
        store.commit(() -> put(store, key, "value"));
      }
      Path killed = Files.copy(file, folder.resolve("killed.mv"));
      try (StateStore again = StateStore.open(killed)) {
        assertThat(again.pushNames().size()).isEqualTo(200);
      }
    }
  }

  @Test
  void keepsTheFileSmallOverManyChangesOfTheSameRecords() throws IOException {
    Path file = folder.resolve("state.mv");
    var value = BytesValue.of(ByteString.copyFrom(new byte[2_000]));
    try (StateStore store = StateStore.open(file)) {
      for (int i = 0; i < 20_000; i++) {
        String key = "key " + i % 50;
        store.commit(() -> {
          store.prekeys().put(key, value);
          return true;
        });
      }
    }
    // Every version ever written would be more than 100 megabytes.
    assertThat(Files.size(file)).isLessThan(4 << 20);
  }

  @Test
  void listsKeysOfOnePrefixInOrderAndWithinTheLimit() {
    try (StateStore store = StateStore.open(folder.resolve("state.mv"))) {
      store.commit(() ->
          put(store, "1/b", "x")
              && put(store, "1/a", "x")
              && put(store, "10/a", "x")
              && put(store, "1/c", "x"));
      var names = store.pushNames();
      assertThat(names.startingWith("1/", 2))
          .extracting(Table.Entry::key)
          .containsExactly("1/a", "1/b");
      assertThat(names.startingAfter("1/b", 9))
          .extracting(Table.Entry::key)
          .containsExactly("1/c", "10/a");
      assertThat(names.count("1/", 9)).isEqualTo(3);
      assertThat(names.removeStartingWith("1/")).isEqualTo(3);
      assertThat(names.size()).isEqualTo(1);
    }
  }

  @Test
  void keepsItsFileFromOthers() throws IOException {
    Path file = folder.resolve("state.mv");
    try (StateStore store = StateStore.open(file)) {
      store.commit(() -> put(store, "a", "first"));
    }
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void refusesAFileThatIsOpenAlready() {
    Path file = folder.resolve("state.mv");
    try (StateStore store = StateStore.open(file)) {
      assertThat(store.pushNames().size()).isZero();
      assertThatThrownBy(() -> StateStore.open(file)).isInstanceOf(StateException.class);
    }
  }
}
