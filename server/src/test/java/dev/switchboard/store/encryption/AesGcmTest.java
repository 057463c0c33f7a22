package dev.switchboard.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Beside Tink, which wrote what databases hold already. */
class AesGcmTest {
  private static final byte[] BOUND = {1, 2, 3};

  private final byte[] key = random(32);
  private final AesGcm ours = new AesGcm(key);

  @Test
  void readsWhatTinkWrote() throws GeneralSecurityException {
    Aead tink = tink(key, 1);
    for (int length = 0; length < 100; length++) {
      byte[] value = random(length);

      assertThat(ours.decrypt(tink.encrypt(value, BOUND), BOUND)).isEqualTo(value);
    }
  }

  @Test
  void writesWhatTinkReads() throws GeneralSecurityException {
    Aead tink = tink(key, 1);
    for (int length = 0; length < 100; length++) {
      byte[] value = random(length);

      assertThat(tink.decrypt(ours.encrypt(value, BOUND), BOUND)).isEqualTo(value);
    }
  }

  @Test
  void encryptsOnceMoreWhatCameOutWrong() throws GeneralSecurityException {
    byte[] value = random(300);

    assertThat(ours.decrypt(wrong(2).encrypt(value, BOUND), BOUND)).isEqualTo(value);
  }

  @Test
  void handsOutNothingWrong() {
    assertThatThrownBy(() -> wrong(3).encrypt(random(300), BOUND))
        .isInstanceOf(GeneralSecurityException.class);
  }

  /** Comes out wrong so many times, every other time with a tag that is right. */
  private AesGcm wrong(int times) {
    return new AesGcm(key) {
      private int left = times;

      @Override
      byte[] encryptOnce(byte[] value, byte[] bound) throws GeneralSecurityException {
        boolean other = left > 0 && left % 2 == 0;
        byte[] sealed = super.encryptOnce(other ? random(value.length) : value, bound);
        sealed[sealed.length - 1] ^= (byte) (left > 0 && !other ? 1 : 0);
        left--;
        return sealed;
      }
    };
  }

  @Test
  void refusesWhatNamesAnotherKey() throws GeneralSecurityException {
    byte[] sealed = tink(key, 2).encrypt(random(10), BOUND);

    assertThatThrownBy(() -> ours.decrypt(sealed, BOUND))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void refusesWhatIsTooShort() throws GeneralSecurityException {
    byte[] sealed = ours.encrypt(new byte[0], BOUND);
    for (int length = 0; length < sealed.length; length++) {
      byte[] part = Arrays.copyOf(sealed, length);

      assertThatThrownBy(() -> ours.decrypt(part, BOUND))
          .isInstanceOf(GeneralSecurityException.class);
    }
  }

  @Test
  void usesNoNonceTwiceHoweverManyThreadsSealAtOnce() throws Exception {
    byte[] value = random(50);
    Callable<List<ByteBuffer>> sealing =
        () -> {
          var nonces = new ArrayList<ByteBuffer>();
          for (int i = 0; i < 50; i++) {
            byte[] sealed = ours.encrypt(value, BOUND);
            assertThat(ours.decrypt(sealed, BOUND)).isEqualTo(value);
            nonces.add(ByteBuffer.wrap(sealed, 5, 12).slice());
          }
          return nonces;
        };
    var seen = new HashSet<ByteBuffer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = threads.invokeAll(IntStream.range(0, 200).mapToObj(i -> sealing).toList());
      for (var one : all) {
        seen.addAll(one.get());
      }
    }

    assertThat(seen).hasSize(200 * 50);
  }

  private static Aead tink(byte[] key, int id) throws GeneralSecurityException {
    AeadConfig.register();
    var parameters =
        AesGcmParameters.builder()
            .setKeySizeBytes(32)
            .setIvSizeBytes(12)
            .setTagSizeBytes(16)
            .setVariant(AesGcmParameters.Variant.TINK)
            .build();
    var aesKey =
        AesGcmKey.builder()
            .setParameters(parameters)
            .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
            .setIdRequirement(id)
            .build();
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(aesKey).withFixedId(id).makePrimary())
        .build()
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
