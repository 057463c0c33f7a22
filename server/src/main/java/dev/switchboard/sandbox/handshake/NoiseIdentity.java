package dev.switchboard.sandbox.handshake;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.record.NetworkKeysRecord;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.CertChain;
import dev.switchboard.whatsapp.wire.noise.CertificateAuthority;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** The network's own keys and the chain that leads from its root to the key of its server. */
@SuppressWarnings("ArrayRecordComponent") // never changed and never compared
public record NoiseIdentity(KeyPair root, KeyPair server, byte[] chain) {
  private static final String KEY = "noise";
  private static final Duration LIFETIME = Duration.ofDays(3650);

  /** Reads the keys of the store, or makes and keeps them. */
  public static NoiseIdentity openOrCreate(StateStore store, SecureRandom random, Instant now) {
    NetworkKeysRecord keys = store.commit(() -> findOrCreate(store, random));
    KeyPair root = KeyPair.ofPrivate(keys.getNoiseRoot().toByteArray());
    KeyPair server = KeyPair.ofPrivate(keys.getNoiseStatic().toByteArray());
    byte[] chain =
        new CertificateAuthority(root, random)
            .issue(server.publicKey(), now.minus(LIFETIME), now.plus(LIFETIME));
    return new NoiseIdentity(root, server, chain);
  }

  /** What clients must trust: the public half of the root key. */
  public byte[] rootKey() {
    return root.publicKey();
  }

  /** A chain whose leaf nobody signed. */
  byte[] forgedChain() {
    try {
      CertChain sound = CertChain.parseFrom(chain);
      byte[] wrong = Faults.damaged(sound.getLeaf().getSignature().toByteArray());
      return sound.toBuilder()
          .setLeaf(sound.getLeaf().toBuilder().setSignature(ByteString.copyFrom(wrong)))
          .build()
          .toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the own chain cannot be read", e);
    }
  }

  private static NetworkKeysRecord findOrCreate(StateStore store, SecureRandom random) {
    return store
        .networkKeys()
        .find(KEY)
        .orElseGet(() -> {
          NetworkKeysRecord fresh =
              NetworkKeysRecord.newBuilder()
                  .setNoiseRoot(privateKey(random))
                  .setNoiseStatic(privateKey(random))
                  .build();
          store.networkKeys().put(KEY, fresh);
          return fresh;
        });
  }

  private static ByteString privateKey(SecureRandom random) {
    return ByteString.copyFrom(KeyPair.generate(random).privateKey());
  }
}
