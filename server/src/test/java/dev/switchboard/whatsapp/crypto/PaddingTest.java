package dev.switchboard.whatsapp.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaddingTest {
  @Test
  void addsOneToSixteenBytesAndTakesThemOffAgain() {
    Random random = new Random(1);
    byte[] plaintext = {1, 2, 3};
    Set<Integer> counts = new HashSet<>();
    for (int round = 0; round < 500; round++) {
      byte[] padded = Padding.add(plaintext, random);
      counts.add(padded.length - plaintext.length);
      assertThat(padded[padded.length - 1]).isEqualTo((byte) (padded.length - plaintext.length));
      assertThat(Padding.remove(padded)).isEqualTo(plaintext);
    }
    assertThat(counts).hasSize(16).contains(1, 16);
  }

  @ParameterizedTest
  @MethodSource("impossiblePaddings")
  void refusesImpossiblePadding(byte[] padded) {
    assertThatThrownBy(() -> Padding.remove(padded)).isInstanceOf(CryptoException.class);
  }

  static byte[][] impossiblePaddings() {
    return new byte[][] {{}, {0}, {5, 0}, {2}, {1, 1, 4}, {-1, -1}};
  }
}
