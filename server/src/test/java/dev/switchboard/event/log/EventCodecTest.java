package dev.switchboard.event.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.event.Event;
import dev.switchboard.event.log.EventEntry.Checkpoint;
import dev.switchboard.event.log.EventEntry.Deletion;
import dev.switchboard.event.log.EventEntry.Head;
import dev.switchboard.event.log.EventEntry.Kept;
import dev.switchboard.event.log.EventEntry.Part;
import dev.switchboard.event.log.EventEntry.Standing;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.testing.NamedSeal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written today is read by later versions, and what was altered by none. */
class EventCodecTest {
  private static final Instant AT = Instant.ofEpochSecond(1_800_000_000, 5_000);
  private static final AccountKey ACCOUNT =
      new AccountKey(new TenantId("default"), new InstanceId("shop"));
  private static final Event EVENT =
      new Event(ACCOUNT, 7, 42, EventKind.MESSAGE_RECEIVED, AT, new byte[] {1, 2, 3});
  private static final Part PART =
      new Part(1, 2, List.of(new Standing(ACCOUNT, 7)), List.of(8L, 9L), new Kept(10, 11));

  private final EventCodec codec = new EventCodec(new NamedSeal());

  @Test
  void anEventIsWrittenAsItAlwaysWas() {
    assertThat(HexFormat.of().formatHex(codec.encode(EVENT, 99)))
        .isEqualTo(
            "0201000000006b49d2000000138800280764656661756c740473686f70"
                + "0000000000000007000000000000006300000000000000070000000000000063"
                + "00000028000000006b49d200000013880102035720bb54");
  }

  @Test
  void anEventOfTheFirstVersionIsRead() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "0101000000006b49d2000000138800280764656661756c740473686f70"
                    + "000000000000000700000000000000630000000000000007000000000000006300000028"
                    + "01020356919cd6");
    assertThat(codec.event(42, bytes, bytes.length, _ -> true))
        .get()
        .usingRecursiveComparison()
        .isEqualTo(EVENT);
  }

  @Test
  void anEventIsReadBack() {
    byte[] bytes = codec.encode(EVENT, 99);
    assertThat(codec.entry(42, bytes, bytes.length))
        .isEqualTo(new Head(ACCOUNT, 7, 42, EventKind.MESSAGE_RECEIVED, AT, 99));
    assertThat(codec.event(42, bytes, bytes.length, _ -> true))
        .get()
        .usingRecursiveComparison()
        .isEqualTo(EVENT);
    assertThat(codec.event(42, bytes, bytes.length, _ -> false)).isEmpty();
  }

  @Test
  void aCheckpointIsReadBack() {
    byte[] bytes = codec.encode(PART, AT);
    assertThat(codec.entry(42, bytes, bytes.length)).isEqualTo(new Checkpoint(42, AT, PART));
    assertThat(codec.event(42, bytes, bytes.length, _ -> true)).isEmpty();
  }

  @Test
  void aDeletionIsReadBack() {
    Kept kept = new Kept(10, 9);
    byte[] bytes = codec.encode(kept, AT);
    assertThat(codec.entry(42, bytes, bytes.length)).isEqualTo(new Deletion(42, AT, kept));
  }

  @Test
  void anEntryThatWasAlteredIsRefused() {
    for (int i = 0; i < codec.encode(EVENT, 99).length; i++) {
      byte[] bytes = codec.encode(EVENT, 99);
      bytes[i] ^= 1;
      assertThatThrownBy(() -> codec.event(42, bytes, bytes.length, _ -> true))
          .as("byte %d", i)
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] bytes = codec.encode(EVENT, 99);
    bytes[0] = 9;
    assertThatThrownBy(() -> codec.entry(42, bytes, bytes.length))
        .hasMessageContaining("another version");
  }
}
