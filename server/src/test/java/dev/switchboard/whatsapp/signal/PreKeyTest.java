package dev.switchboard.whatsapp.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.switchboard.whatsapp.crypto.Curve;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PreKeyTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void idsWrapAfterTheGreatest() {
    assertThat(PreKey.generate(PreKey.MAX_ID - 1, 4, random))
        .extracting(PreKey::id)
        .containsExactly(PreKey.MAX_ID - 1, PreKey.MAX_ID, 1, 2);
  }

  @Test
  void idsFitTheWire() {
    PreKey preKey = PreKey.generate(1, 1, random).getFirst();
    assertThatIllegalArgumentException().isThrownBy(() -> new PreKey(0, preKey.keyPair()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PreKey(PreKey.MAX_ID + 1, preKey.keyPair()));
  }

  @Test
  void signatureCoversTypeAndKey() {
    SignalIdentity identity = SignalIdentity.generate(random);
    SignedPreKey signed = SignedPreKey.generate(identity, 1, random);
    byte[] typed = new byte[33];
    typed[0] = 5;
    System.arraycopy(signed.keyPair().publicKey(), 0, typed, 1, 32);
    assertThat(Curve.verify(identity.keyPair().publicKey(), typed, signed.signature())).isTrue();
  }

  @Test
  void recordIsThePairAlone() {
    PreKey preKey = PreKey.generate(1, 1, random).getFirst();
    SignalChange.Put put = (SignalChange.Put) preKey.put();
    assertThat(put.value()).hasSize(64);
    assertThat(PreKey.keyPair(put.value())).isEqualTo(preKey.keyPair());
  }
}
