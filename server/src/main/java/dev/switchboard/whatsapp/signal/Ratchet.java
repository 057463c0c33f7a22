package dev.switchboard.whatsapp.signal;

import com.github.auties00.libsignal.SignalProtocolAddress;
import com.github.auties00.libsignal.SignalSessionCipher;
import com.github.auties00.libsignal.key.SignalIdentityPublicKey;
import com.github.auties00.libsignal.protocol.SignalCiphertextMessage;
import com.github.auties00.libsignal.protocol.SignalMessage;
import com.github.auties00.libsignal.protocol.SignalMessageSpec;
import com.github.auties00.libsignal.protocol.SignalPreKeyMessage;
import com.github.auties00.libsignal.state.SignalPreKeyBundle;
import com.github.auties00.libsignal.state.SignalSessionChain;
import com.github.auties00.libsignal.state.SignalSessionState;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.crypto.SmallOrderPoints;
import dev.switchboard.whatsapp.signal.SignalException.Reason;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one adapter on libsignal's session cipher: each call hands it one session and takes one back.
 *
 * <p>libsignal answers malformed input with whatever exception comes up, takes keys that give no
 * secrecy, and verifies the MAC over its own re-encoding: all three are mended here.
 */
final class Ratchet {
  /** libsignal's limit; only used to say why it refused. */
  private static final int MAX_SKIPPED = 2000;

  /** Version 3 now and version 3 at least: nothing else was ever seen. */
  private static final byte VERSION = 0x33;

  private static final int MAC_BYTES = 8;

  /** libsignal's store is of one session here, so that the name is never looked at. */
  private static final SignalProtocolAddress PEER = new SignalProtocolAddress("peer", 0);

  private final SignalIdentity identity;

  Ratchet(SignalIdentity identity) {
    this.identity = identity;
  }

  /** A session after a message, and the message. */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  record Decrypted(SignalSessionState state, byte[] plaintext) {}

  /** A session with the device that published the bundle. */
  SignalSessionState start(PreKeyBundle bundle) {
    requireSound(bundle.identity());
    requireSound(bundle.signedPreKey());
    if (!Curve.verify(
        bundle.identity(), SignedPreKey.typed(bundle.signedPreKey()), bundle.signature())) {
      throw new SignalException(Reason.BAD_SIGNATURE, "the signed prekey is not the identity's");
    }
    PreKeyBundle.OneTimeKey oneTimeKey = bundle.oneTimeKey();
    if (oneTimeKey != null) {
      requireSound(oneTimeKey.publicKey());
    }
    OneSessionStore store = new OneSessionStore(identity);
    guarded(
        Reason.MALFORMED,
        () -> {
          cipher(store).process(PEER, libsignalBundle(bundle, oneTimeKey));
          return store;
        });
    return store.state();
  }

  /** The session that a peer's first message starts, and that message. */
  Decrypted accept(
      SignalPreKeyMessage message, KeyPair signedPreKey, @Nullable KeyPair oneTimePreKey) {
    OneSessionStore store = new OneSessionStore(identity);
    store.offer(message.signedPreKeyId(), signedPreKey, oneTimePreKey);
    byte[] plaintext = guarded(Reason.BAD_MAC, () -> cipher(store).decrypt(PEER, message));
    return new Decrypted(store.state(), plaintext);
  }

  /** Advances the session given, in place. */
  Ciphertext encrypt(SignalSessionState state, byte[] padded) {
    if (state.senderChain().isEmpty()) {
      throw new SignalException(Reason.DAMAGED_RECORD, "a session that cannot send");
    }
    OneSessionStore store = new OneSessionStore(identity, state);
    SignalCiphertextMessage message =
        guarded(Reason.DAMAGED_RECORD, () -> cipher(store).encrypt(PEER, padded));
    Ciphertext.Type type =
        message instanceof SignalPreKeyMessage ? Ciphertext.Type.PREKEY : Ciphertext.Type.MESSAGE;
    return new Ciphertext(type, message.toSerialized());
  }

  /** Leaves the session given as it was. */
  Decrypted decrypt(SignalSessionState state, SignalMessage message) {
    refuseUsedOrDistant(state, message);
    OneSessionStore store = new OneSessionStore(identity, state);
    byte[] plaintext = guarded(Reason.BAD_MAC, () -> cipher(store).decrypt(PEER, message));
    return new Decrypted(store.state(), plaintext);
  }

  /** A message that is complete, of our version and written the one way its MAC covers. */
  static SignalMessage parseMessage(byte[] bytes) {
    requireVersion(bytes, 1 + MAC_BYTES);
    SignalMessage message = guarded(Reason.MALFORMED, () -> SignalMessage.ofSerialized(bytes));
    if (message.senderRatchetKey() == null
        || message.counter() == null
        || message.counter() < 0
        || message.ciphertext() == null) {
      throw malformed("an incomplete message");
    }
    requireSound(message.senderRatchetKey().toEncodedPoint());
    byte[] body = guarded(Reason.MALFORMED, () -> SignalMessageSpec.encode(message));
    if (!Arrays.equals(body, 0, body.length, bytes, 1, bytes.length - MAC_BYTES)) {
      throw malformed("a message with unknown or oddly written fields");
    }
    return message;
  }

  /** A message that may start a session; the message inside is complete too. */
  static SignalPreKeyMessage parsePreKeyMessage(byte[] bytes) {
    requireVersion(bytes, 1);
    SignalPreKeyMessage message =
        guarded(Reason.MALFORMED, () -> SignalPreKeyMessage.ofSerialized(bytes));
    if (message.baseKey() == null
        || message.identityKey() == null
        || message.signedPreKeyId() == null
        || message.signedPreKeyId() < 0
        || message.preKeyId().orElse(0) < 0) {
      throw malformed("an incomplete prekey message");
    }
    requireSound(message.baseKey().toEncodedPoint());
    requireSound(message.identityKey().toEncodedPoint());
    byte[] inner = guarded(Reason.MALFORMED, () -> message.signalMessage().toSerialized());
    parseMessage(inner);
    return message;
  }

  /** Refuses a public key that gives no secrecy. */
  static void requireSound(byte[] publicKey) {
    if (publicKey.length != Curve.KEY_BYTES || SmallOrderPoints.contains(publicKey)) {
      throw malformed("a public key that gives no secrecy");
    }
  }

  private static void refuseUsedOrDistant(SignalSessionState state, SignalMessage message) {
    Optional<SignalSessionChain> chain = state.findReceiverChain(message.senderRatchetKey());
    int ahead = message.counter() - chain.map(each -> each.chainKey().index()).orElse(0);
    if (ahead < 0 && !chain.orElseThrow().hasMessageKey(message.counter())) {
      int overtakenBy = -ahead - 1;
      throw overtakenBy > SessionRecord.MAX_OVERTAKEN
          ? new SignalException(Reason.TOO_LATE, "the key of this message was given up")
          : new SignalException(Reason.DUPLICATE, "the key of this message was used");
    }
    if (ahead > MAX_SKIPPED) {
      throw new SignalException(Reason.TOO_FAR_AHEAD, ahead + " messages are missing");
    }
  }

  private static void requireVersion(byte[] bytes, int overhead) {
    if (bytes.length <= overhead || bytes[0] != VERSION) {
      throw malformed("not a message of version 3");
    }
  }

  private static SignalPreKeyBundle libsignalBundle(
      PreKeyBundle bundle, PreKeyBundle.@Nullable OneTimeKey oneTimeKey) {
    return new SignalPreKeyBundle(
        bundle.registrationId(),
        PEER.id(),
        oneTimeKey == null ? 0 : oneTimeKey.id(),
        oneTimeKey == null ? null : SignalIdentityPublicKey.ofDirect(oneTimeKey.publicKey()),
        bundle.signedPreKeyId(),
        SignalIdentityPublicKey.ofDirect(bundle.signedPreKey()),
        bundle.signature(),
        SignalIdentityPublicKey.ofDirect(bundle.identity()));
  }

  private static SignalSessionCipher cipher(OneSessionStore store) {
    return new SignalSessionCipher(store);
  }

  /** libsignal throws InternalError too where a caller is at fault. */
  private static <T> T guarded(Reason reason, Supplier<T> call) {
    try {
      return call.get();
    } catch (SignalException e) {
      throw e;
    } catch (RuntimeException | InternalError e) {
      throw new SignalException(reason, "refused by the session cipher", e);
    }
  }

  private static SignalException malformed(String message) {
    return new SignalException(Reason.MALFORMED, message);
  }
}
