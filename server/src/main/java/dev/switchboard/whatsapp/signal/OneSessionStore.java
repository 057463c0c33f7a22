package dev.switchboard.whatsapp.signal;

import com.github.auties00.libsignal.SignalProtocolAddress;
import com.github.auties00.libsignal.SignalProtocolStore;
import com.github.auties00.libsignal.groups.SignalSenderKeyName;
import com.github.auties00.libsignal.groups.state.SignalSenderKeyRecord;
import com.github.auties00.libsignal.key.SignalIdentityKeyPair;
import com.github.auties00.libsignal.key.SignalIdentityPrivateKey;
import com.github.auties00.libsignal.key.SignalIdentityPublicKey;
import com.github.auties00.libsignal.key.SignalKeyDirection;
import com.github.auties00.libsignal.key.SignalPreKeyPair;
import com.github.auties00.libsignal.key.SignalPreKeyPairBuilder;
import com.github.auties00.libsignal.key.SignalSignedKeyPair;
import com.github.auties00.libsignal.key.SignalSignedKeyPairBuilder;
import com.github.auties00.libsignal.state.SignalSessionRecord;
import com.github.auties00.libsignal.state.SignalSessionState;
import dev.switchboard.whatsapp.crypto.KeyPair;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store libsignal sees during one call: one session, and the prekeys of one message. */
final class OneSessionStore implements SignalProtocolStore {
  private final SignalIdentity identity;
  private @Nullable SignalSessionRecord record;
  private @Nullable SignalSignedKeyPair signedPreKey;
  private @Nullable KeyPair oneTimePreKey;

  OneSessionStore(SignalIdentity identity) {
    this.identity = identity;
  }

  OneSessionStore(SignalIdentity identity, SignalSessionState state) {
    this(identity);
    this.record = new SignalSessionRecord();
    this.record.setState(state);
  }

  void offer(int signedPreKeyId, KeyPair signedPreKey, @Nullable KeyPair oneTimePreKey) {
    this.signedPreKey =
        new SignalSignedKeyPairBuilder()
            .id(signedPreKeyId)
            .keyPair(libsignalPair(signedPreKey))
            .signature(new byte[0])
            .build();
    this.oneTimePreKey = oneTimePreKey;
  }

  /** The session as the call left it. */
  SignalSessionState state() {
    return Objects.requireNonNull(record).sessionState();
  }

  @Override
  public int registrationId() {
    return identity.registrationId();
  }

  @Override
  public SignalIdentityKeyPair identityKeyPair() {
    return libsignalPair(identity.keyPair());
  }

  @Override
  public Optional<SignalSessionRecord> findSessionByAddress(SignalProtocolAddress address) {
    return Optional.ofNullable(record);
  }

  @Override
  public void addSession(SignalProtocolAddress address, SignalSessionRecord session) {
    this.record = session;
  }

  @Override
  public Optional<SignalSignedKeyPair> findSignedPreKeyById(Integer id) {
    return Optional.ofNullable(signedPreKey);
  }

  @Override
  public Optional<SignalPreKeyPair> findPreKeyById(Integer id) {
    return Optional.ofNullable(oneTimePreKey)
        .map(pair -> new SignalPreKeyPairBuilder().id(id).keyPair(libsignalPair(pair)).build());
  }

  /** The unit removes it. */
  @Override
  public boolean removePreKey(int id) {
    return true;
  }

  /** The unit has judged. */
  @Override
  public boolean isTrustedIdentity(
      SignalProtocolAddress address, SignalIdentityPublicKey key, SignalKeyDirection direction) {
    return true;
  }

  @Override
  public void addTrustedIdentity(SignalProtocolAddress address, SignalIdentityPublicKey key) {
    // The unit records it, once the message has been verified.
  }

  @Override
  public void addSignedPreKey(SignalSignedKeyPair key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addPreKey(SignalPreKeyPair key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<SignalSenderKeyRecord> findSenderKeyByName(SignalSenderKeyName name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addSenderKey(SignalSenderKeyName name, SignalSenderKeyRecord key) {
    throw new UnsupportedOperationException();
  }

  private static SignalIdentityKeyPair libsignalPair(KeyPair pair) {
    return new SignalIdentityKeyPair(
        SignalIdentityPublicKey.ofDirect(pair.publicKey()),
        SignalIdentityPrivateKey.ofDirect(pair.privateKey()));
  }
}
