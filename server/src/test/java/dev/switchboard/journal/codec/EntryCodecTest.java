package dev.switchboard.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.Seal;
import dev.switchboard.model.AccountKey;
import dev.switchboard.testing.NamedSeal;
import dev.switchboard.testing.SampleEntries;
import dev.switchboard.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is on the disk stays readable, and nothing else is read. */
class EntryCodecTest {
  private static final int MOST = 64 << 10;
  private static final int FUZZ_INPUTS = 20_000;

  /** One line of hex for each of {@link SampleEntries#everyType()}; a line once there stays. */
  private static final Path VECTORS = Path.of("src/test/resources/vectors/journal-1.txt");

  private final EntryCodec codec = new EntryCodec(new NamedSeal(), MOST);

  @Test
  void everyTypeOfEntryComesBackAsItWas() {
    for (JournalEntry entry : SampleEntries.everyType()) {
      assertSame(codec.decode(codec.encode(entry)), entry);
    }
  }

  @Test
  void theSamplesHaveEveryType() {
    assertThat(SampleEntries.everyType().stream().map(EntryType::of).distinct())
        .containsExactlyInAnyOrder(EntryType.values());
  }

  @Test
  void whatEarlierVersionsWroteIsRead() throws IOException {
    List<String> vectors = Files.readAllLines(VECTORS);
    List<JournalEntry> entries = SampleEntries.everyType();
    assertThat(vectors).hasSameSizeAs(entries);
    for (int i = 0; i < entries.size(); i++) {
      assertSame(codec.decode(HexFormat.of().parseHex(vectors.get(i))), entries.get(i));
      assertThat(HexFormat.of().formatHex(codec.encode(entries.get(i)))).isEqualTo(vectors.get(i));
    }
  }

  @Test
  void anUnknownVersionOrTypeIsRefused() {
    byte[] version = codec.encode(SampleEntries.accepted("A"));
    version[0] = 2;
    assertThatThrownBy(() -> codec.decode(version))
        .isInstanceOf(UnreadableEntryException.class)
        .hasMessageContaining("version 2");

    byte[] type = codec.encode(SampleEntries.accepted("A"));
    type[1] = 99;
    assertThatThrownBy(() -> codec.decode(type))
        .isInstanceOf(UnreadableEntryException.class)
        .hasMessageContaining("99");
  }

  @Test
  void aHeadOfAnotherEntryIsRefused() {
    byte[] altered = codec.encode(SampleEntries.accepted("ABC"));
    altered[4] = 'X'; // The message id, in the clear.
    assertThatThrownBy(() -> codec.decode(altered)).isInstanceOf(UnreadableEntryException.class);
  }

  @Test
  void anEntryIsNotLongerThanItMayBe() {
    int spare = MOST - codec.encode(SampleEntries.accepted(Samples.ACCOUNT, "A", "")).length;
    String longest = "x".repeat(spare - 4); // Three lengths grow with it: one byte and two.
    assertThat(codec.encode(SampleEntries.accepted(Samples.ACCOUNT, "A", longest)))
        .hasSizeBetween(MOST - 2, MOST);
    assertThatThrownBy(
            () -> codec.encode(SampleEntries.accepted(Samples.ACCOUNT, "A", longest + "xxx")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void privatePartsAreSealed() {
    EntryCodec hiding =
        new EntryCodec(
            new Seal() {
              @Override
              public byte[] seal(byte[] plain, AccountKey account) {
                return new byte[0];
              }

              @Override
              public byte[] open(byte[] sealed, AccountKey account) {
                return sealed;
              }
            },
            MOST);
    for (JournalEntry entry : SampleEntries.everyType()) {
      String clear = new String(hiding.encode(entry), StandardCharsets.ISO_8859_1);
      assertThat(clear)
          .contains("alice")
          .doesNotContain("15550002000")
          .doesNotContain("123456789012345")
          .doesNotContain("text")
          .doesNotContain("6f1c9c0e");
    }
  }

  /** Whatever the bytes: an entry, or the one exception that says that it cannot be read. */
  @Test
  void noBytesMakeTheDecoderFailInAnotherWay() {
    EntryCodec trusting = new EntryCodec(new TrustingSeal(), MOST);
    List<byte[]> seeds = new ArrayList<>();
    SampleEntries.everyType().forEach(entry -> seeds.add(trusting.encode(entry)));
    SplittableRandom random = new SplittableRandom(4);
    int read = 0;
    for (int i = 0; i < FUZZ_INPUTS; i++) {
      byte[] input = mutated(seeds.get(random.nextInt(seeds.size())), random);
      try {
        assertThat(trusting.decode(input)).isNotNull();
        read++;
      } catch (UnreadableEntryException e) {
        // What is expected of most.
      }
    }
    assertThat(read).as("some mutations are entries").isPositive().isLessThan(FUZZ_INPUTS);
  }

  private static byte[] mutated(byte[] seed, SplittableRandom random) {
    byte[] input =
        random.nextInt(4) == 0
            ? Arrays.copyOf(seed, random.nextInt(seed.length + 8))
            : seed.clone();
    int changes = random.nextInt(1, 4);
    for (int i = 0; i < changes && input.length > 0; i++) {
      input[random.nextInt(input.length)] = (byte) random.nextInt();
    }
    return input;
  }

  private static void assertSame(JournalEntry actual, JournalEntry expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }

  /** Takes everything, so that damage reaches what lies behind it. */
  private static final class TrustingSeal implements Seal {
    @Override
    public byte[] seal(byte[] plain, AccountKey account) {
      return plain;
    }

    @Override
    public byte[] open(byte[] sealed, AccountKey account) {
      return sealed;
    }
  }
}
