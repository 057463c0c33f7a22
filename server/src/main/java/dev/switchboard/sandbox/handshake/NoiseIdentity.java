package dev.switchboard.sandbox.handshake;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.record.NetworkKeysRecord;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.CertChain;
import dev.switchboard.whatsapp.proto.CertChain.NoiseCertificate;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** The network's own keys and the chain that leads from its root to the key of its server. */
public final class NoiseIdentity {
  private static final String KEY = "noise";
  private static final int INTERMEDIATE_SERIAL = 1;
  private static final int LEAF_SERIAL = 2;
  private static final Duration LIFETIME = Duration.ofDays(3650);

  private final KeyPair root;
  private final KeyPair server;
  private final CertChain chain;

  private NoiseIdentity(KeyPair root, KeyPair server, CertChain chain) {
    this.root = root;
    this.server = server;
    this.chain = chain;
  }

  /** Reads the keys of the store, or makes and keeps them. */
  public static NoiseIdentity openOrCreate(StateStore store, SecureRandom random, Instant now) {
    NetworkKeysRecord keys =
        store.commit(() ->
            store
                .networkKeys()
                .find(KEY)
                .orElseGet(() -> {
                  NetworkKeysRecord fresh = generate(random);
                  store.networkKeys().put(KEY, fresh);
                  return fresh;
                }));
    KeyPair root = KeyPair.ofPrivate(keys.getNoiseRoot().toByteArray());
    KeyPair intermediate = KeyPair.ofPrivate(keys.getNoiseIntermediate().toByteArray());
    KeyPair server = KeyPair.ofPrivate(keys.getNoiseStatic().toByteArray());
    var chain =
        CertChain.newBuilder()
            .setIntermediate(
                certificate(INTERMEDIATE_SERIAL, 0, intermediate.publicKey(), root, now, random))
            .setLeaf(
                certificate(
                    LEAF_SERIAL,
                    INTERMEDIATE_SERIAL,
                    server.publicKey(),
                    intermediate,
                    now,
                    random));
    return new NoiseIdentity(root, server, chain.build());
  }

  /** What clients must trust: the public half of the root key. */
  public byte[] rootKey() {
    return root.publicKey();
  }

  public KeyPair server() {
    return server;
  }

  public byte[] chain() {
    return chain.toByteArray();
  }

  /** A chain whose leaf nobody signed. */
  public byte[] forgedChain() {
    byte[] wrong = Faults.damaged(chain.getLeaf().getSignature().toByteArray());
    return chain.toBuilder()
        .setLeaf(chain.getLeaf().toBuilder().setSignature(ByteString.copyFrom(wrong)))
        .build()
        .toByteArray();
  }

  private static NetworkKeysRecord generate(SecureRandom random) {
    return NetworkKeysRecord.newBuilder()
        .setNoiseRoot(privateKey(random))
        .setNoiseIntermediate(privateKey(random))
        .setNoiseStatic(privateKey(random))
        .build();
  }

  private static ByteString privateKey(SecureRandom random) {
    return ByteString.copyFrom(KeyPair.generate(random).privateKey());
  }

  private static NoiseCertificate certificate(
      int serial, int issuerSerial, byte[] key, KeyPair issuer, Instant now, SecureRandom random) {
    byte[] details =
        NoiseCertificate.Details.newBuilder()
            .setSerial(serial)
            .setIssuerSerial(issuerSerial)
            .setKey(ByteString.copyFrom(key))
            .setNotBefore(now.minus(LIFETIME).getEpochSecond())
            .setNotAfter(now.plus(LIFETIME).getEpochSecond())
            .build()
            .toByteArray();
    return NoiseCertificate.newBuilder()
        .setDetails(ByteString.copyFrom(details))
        .setSignature(ByteString.copyFrom(Curve.sign(issuer.privateKey(), details, random)))
        .build();
  }
}
