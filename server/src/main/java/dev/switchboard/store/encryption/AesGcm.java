package dev.switchboard.store.encryption;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AES-256-GCM in the format of Tink: its prefix, which names the key so that a second one can be
 * added one day, a random nonce, the text, the tag. Tink itself keeps its tools by thread, and
 * every call has a virtual thread of its own: it made them anew for each value, which took longer
 * than the call did otherwise. Here they are shared. Safe for use by many threads.
 */
class AesGcm {
  private static final Logger LOG = LoggerFactory.getLogger(AesGcm.class);

  private static final byte TINK = 1;
  private static final int KEY_ID = 1;
  private static final int PREFIX_BYTES = 1 + Integer.BYTES;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** Tools that wait for their next use; who finds none makes some. */
  private static final int MOST_KEPT = 16;

  private static final int MOST_ATTEMPTS = 3;

  private final SecretKeySpec key;
  private final AtomicReferenceArray<@Nullable Tools> kept = new AtomicReferenceArray<>(MOST_KEPT);

  AesGcm(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * The value, encrypted and bound to what it is said to be. It is decrypted again before anybody
   * relies on it: once, a cipher began 81 blocks behind the counter that its nonce stands for (JDK
   * 25.0.3 on a processor with AVX-512; why is not known). The tag is right then, and the value is
   * lost for good.
   *
   * @throws GeneralSecurityException when that comes out wrong again and again
   */
  final byte[] encrypt(byte[] value, byte[] bound) throws GeneralSecurityException {
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      byte[] sealed = encryptOnce(value, bound);
      if (opens(sealed, bound, value)) {
        return sealed;
      }
      LOG.error("a value of {} bytes was encrypted wrongly; once more", value.length);
      forgetTools();
    }
    throw new GeneralSecurityException("what is encrypted here cannot be decrypted");
  }

  private boolean opens(byte[] sealed, byte[] bound, byte[] value) throws GeneralSecurityException {
    try {
      return Arrays.equals(decrypt(sealed, bound), value);
    } catch (AEADBadTagException e) {
      return false;
    }
  }

  /** Whatever is wrong with one of them, it is not to go on. */
  private void forgetTools() {
    for (int i = 0; i < MOST_KEPT; i++) {
      kept.set(i, null);
    }
  }

  /** Unchecked; to be overridden by tests alone. */
  byte[] encryptOnce(byte[] value, byte[] bound) throws GeneralSecurityException {
    Tools tools = take();
    byte[] nonce = tools.nonces.next();
    tools.cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    tools.cipher.updateAAD(bound);
    int begin = PREFIX_BYTES + NONCE_BYTES;
    byte[] sealed = new byte[begin + value.length + TAG_BYTES];
    ByteBuffer.wrap(sealed).put(TINK).putInt(KEY_ID).put(nonce);
    var _ = tools.cipher.doFinal(value, 0, value.length, sealed, begin);
    keep(tools); // Only after a success: what failed may be in any state.
    return sealed;
  }

  /** The value that was encrypted with this key and bound to the same. */
  final byte[] decrypt(byte[] sealed, byte[] bound) throws GeneralSecurityException {
    int begin = PREFIX_BYTES + NONCE_BYTES;
    if (sealed.length < begin + TAG_BYTES) {
      throw new AEADBadTagException("it is too short");
    }
    if (sealed[0] != TINK || ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt() != KEY_ID) {
      throw new InvalidKeyException("it names another key");
    }
    Tools tools = take();
    var nonce = new GCMParameterSpec(TAG_BYTES * 8, sealed, PREFIX_BYTES, NONCE_BYTES);
    tools.cipher.init(Cipher.DECRYPT_MODE, key, nonce);
    tools.cipher.updateAAD(bound);
    byte[] value = tools.cipher.doFinal(sealed, begin, sealed.length - begin);
    keep(tools);
    return value;
  }

  private Tools take() throws GeneralSecurityException {
    int start = place();
    for (int i = 0; i < MOST_KEPT; i++) {
      @Nullable Tools tools = kept.getAndSet((start + i) % MOST_KEPT, null);
      if (tools != null) {
        return tools;
      }
    }
    return new Tools(Cipher.getInstance("AES/GCM/NoPadding"), new Nonces());
  }

  private void keep(Tools tools) {
    int start = place();
    for (int i = 0; i < MOST_KEPT; i++) {
      if (kept.compareAndSet((start + i) % MOST_KEPT, null, tools)) {
        return;
      }
    }
  }

  /** Where a thread looks first: threads spread over all places. */
  private static int place() {
    return Math.floorMod(Long.hashCode(Thread.currentThread().threadId()), MOST_KEPT);
  }

  private record Tools(Cipher cipher, Nonces nonces) {}

  /** Random nonces, a few fetched at once: they need not be secret, only never be used twice. */
  private static final class Nonces {
    private static final int AT_ONCE = 16;

    private final SecureRandom random = new SecureRandom();
    private final byte[] fetched = new byte[AT_ONCE * NONCE_BYTES];
    private int used = fetched.length;

    byte[] next() {
      if (used == fetched.length) {
        random.nextBytes(fetched);
        used = 0;
      }
      byte[] nonce = new byte[NONCE_BYTES];
      System.arraycopy(fetched, used, nonce, 0, NONCE_BYTES);
      used += NONCE_BYTES;
      return nonce;
    }
  }
}
