package dev.switchboard.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class EncryptionTest {
  private static final Place PLACE = Place.of("message", "default", "shop", "1");
  private static final byte[] VALUE = "a secret".getBytes(StandardCharsets.UTF_8);

  private final MasterKey key = MasterKey.random(new SecureRandom());
  private final Encryption encryption = new Encryption(key);

  @Test
  void opensWhatItSealed() {
    var sealed = encryption.seal(VALUE, PLACE);

    assertThat(encryption.open(sealed, PLACE)).isEqualTo(VALUE);
    assertThat(new Encryption(key).open(sealed, PLACE)).isEqualTo(VALUE);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
  }

  @Test
  void sealsTheSameValueDifferentlyEachTime() {
    assertThat(encryption.seal(VALUE, PLACE)).isNotEqualTo(encryption.seal(VALUE, PLACE));
  }

  @Test
  void addsThirtyThreeBytes() {
    assertThat(encryption.seal(VALUE, PLACE)).hasSize(VALUE.length + 33);
  }

  @Test
  void refusesValueOfAnotherRow() {
    var sealed = encryption.seal(VALUE, PLACE);

    assertThatThrownBy(() -> encryption.open(sealed, Place.of("message", "default", "shop", "2")))
        .isInstanceOf(KeyException.class);
  }

  @Test
  void refusesRowWhosePartsOnlyJoinToTheSameText() {
    var sealed = encryption.seal(VALUE, Place.of("message", "ab", "c"));

    assertThatThrownBy(() -> encryption.open(sealed, Place.of("message", "a", "bc")))
        .isInstanceOf(KeyException.class);
  }

  @Test
  void refusesAnotherKey() {
    var sealed = encryption.seal(VALUE, PLACE);
    var other = new Encryption(MasterKey.random(new SecureRandom()));

    assertThatThrownBy(() -> other.open(sealed, PLACE)).isInstanceOf(KeyException.class);
  }

  @Test
  void refusesEveryAlteredByte() {
    var sealed = encryption.seal(VALUE, PLACE);
    for (var i = 0; i < sealed.length; i++) {
      var altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> encryption.open(altered, PLACE)).isInstanceOf(KeyException.class);
    }
  }

  @Test
  void findsTheSamePlaceAgainOnlyWithTheSameKey() {
    assertThat(encryption.lookupKey(PLACE))
        .hasSize(32)
        .isEqualTo(new Encryption(key).lookupKey(PLACE))
        .isNotEqualTo(encryption.lookupKey(Place.of("message", "default", "shop", "2")))
        .isNotEqualTo(new Encryption(MasterKey.random(new SecureRandom())).lookupKey(PLACE));
  }
}
