package dev.switchboard.whatsapp.signal;

import com.github.auties00.libsignal.protocol.SignalMessage;
import com.github.auties00.libsignal.protocol.SignalPreKeyMessage;
import com.github.auties00.libsignal.state.SignalSessionState;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.signal.SignalException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A unit of work on the Signal state of one device: it reads through to the store and collects what
 * changed. Nothing is durable until the caller commits {@link #changes()}; a unit that is dropped
 * never happened. Each call changes either everything it should or, when it throws, nothing.
 *
 * <p>Trust: the first identity of a device is taken as it comes; a new one, in a bundle or in a
 * message that starts a session, is taken too, ends the sessions of the old one and is reported by
 * {@link #identityChanges()}. A message cannot borrow a session of another identity.
 *
 * <p>For one thread. Ratchet keys come from the platform's secure randomness inside libsignal.
 */
public final class SignalUnit {
  private final SignalStore store;
  private final Ratchet ratchet;
  private final Map<SignalRecordKey, SignalChange> changes = new LinkedHashMap<>();

  /** Sessions that were looked at and not used yet: who uses one takes it, for it changes. */
  private final Map<SignalRecordKey, Look> unused = new HashMap<>(4);

  private final List<SignalAddress> identityChanges = new ArrayList<>();
  private int damagedSessions;

  /**
   * A session, and what it was decoded from. It saves decoding and nothing else: the store may have
   * changed since, through another unit, so the record is read again before the session is used.
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  private record Look(byte[] record, SessionRecord session) {}

  public SignalUnit(SignalIdentity identity, SignalStore store) {
    this.store = store;
    this.ratchet = new Ratchet(identity);
  }

  /**
   * Whether {@link #encrypt} has something to encrypt with. A record that cannot be read is
   * dropped: it would stand in the way of the session that has to follow it.
   */
  public boolean hasSession(SignalAddress address) {
    Optional<Look> look = readableLook(address);
    look.ifPresent(found -> unused.put(SignalRecordKey.session(address), found));
    return look.isPresent();
  }

  /** How many records of sessions were dropped because they could not be read. */
  public int damagedSessions() {
    return damagedSessions;
  }

  /**
   * Starts a new session from a bundle; an earlier one is kept for messages still on their way.
   *
   * @throws SignalException BAD_SIGNATURE, MALFORMED
   */
  public void establish(SignalAddress address, PreKeyBundle bundle) {
    SignalSessionState state = ratchet.start(bundle);
    begin(address, bundle.identity(), state);
  }

  /**
   * Encrypts a padded plaintext for one device.
   *
   * @throws SignalException NO_SESSION
   */
  public Ciphertext encrypt(SignalAddress address, byte[] padded) {
    SessionRecord record = session(address);
    Ciphertext ciphertext = ratchet.encrypt(record.current(), padded);
    write(address, record);
    return ciphertext;
  }

  /**
   * Decrypts what a device sent, starting a session where the message asks for it; the one-time
   * prekey it used is removed.
   *
   * @return the plaintext, still padded
   * @throws SignalException any reason but BAD_SIGNATURE
   */
  public byte[] decrypt(SignalAddress address, Ciphertext.Type type, byte[] ciphertext) {
    return switch (type) {
      case MESSAGE -> decrypt(address, Ratchet.parseMessage(ciphertext));
      case PREKEY -> decrypt(address, Ratchet.parsePreKeyMessage(ciphertext));
    };
  }

  /**
   * Renames a peer's device, as when the LID of a phone number becomes known. Where both names have
   * sessions of the same identity they are joined: the one that the peer has answered on stays the
   * current one, of two alike the new name's. Where the identities differ the new name's wins.
   */
  public void move(SignalAddress from, SignalAddress to) {
    if (from.equals(to)) {
      return;
    }
    Optional<byte[]> moved = identityOf(from);
    Optional<byte[]> present = identityOf(to);
    if (present.isEmpty() || Arrays.equals(present.get(), moved.orElse(null))) {
      moved.ifPresent(identity -> put(SignalRecordKey.identity(to), identity));
      readable(from)
          .ifPresent(record -> write(to, readable(to).map(record::joined).orElse(record)));
    }
    remove(SignalRecordKey.session(from));
    remove(SignalRecordKey.identity(from));
  }

  /** Forgets the sessions with a device. Its identity is kept, so that a change is noticed. */
  public void remove(SignalAddress address) {
    remove(SignalRecordKey.session(address));
  }

  /** Forgets a device that is gone for good: its sessions and its identity. */
  public void forget(SignalAddress address) {
    remove(address);
    remove(SignalRecordKey.identity(address));
  }

  /** The identity key last seen of a device: 32 raw bytes. */
  public Optional<byte[]> identityOf(SignalAddress address) {
    return read(SignalRecordKey.identity(address));
  }

  /**
   * Takes note of an identity learnt outside of sessions, such as the own phone's at pairing.
   *
   * @param identity 32 raw bytes
   */
  public void recordIdentity(SignalAddress address, byte[] identity) {
    Ratchet.requireSound(identity);
    if (isNew(address, identity)) {
      remove(address);
    }
    learn(address, identity);
  }

  /** The registration id the peer's device had when the current session began. */
  public OptionalInt registrationIdOf(SignalAddress address) {
    return readable(address).map(SessionRecord::remoteRegistrationId).orElse(OptionalInt.empty());
  }

  /**
   * The identity key that the first message of a session names: 32 raw bytes. Nothing is verified.
   *
   * @throws SignalException MALFORMED
   */
  public static byte[] identityIn(byte[] preKeyMessage) {
    return Ratchet.parsePreKeyMessage(preKeyMessage).identityKey().toEncodedPoint();
  }

  /** What has to become durable, at most one change per record, in the order of first change. */
  public List<SignalChange> changes() {
    return List.copyOf(changes.values());
  }

  /** The devices whose identity became another one in this unit, in order. */
  public List<SignalAddress> identityChanges() {
    return List.copyOf(identityChanges);
  }

  private byte[] decrypt(SignalAddress address, SignalMessage message) {
    SessionRecord record = session(address);
    byte[] plaintext = record.decrypt(ratchet, message);
    write(address, record);
    return plaintext;
  }

  private byte[] decrypt(SignalAddress address, SignalPreKeyMessage message) {
    Optional<SessionRecord> known = readable(address).filter(record -> record.startedBy(message));
    if (known.isPresent()) {
      byte[] plaintext = known.get().decrypt(ratchet, message);
      write(address, known.get());
      return plaintext;
    }
    return accept(address, message);
  }

  private byte[] accept(SignalAddress address, SignalPreKeyMessage message) {
    KeyPair signedPreKey =
        read(SignalRecordKey.signedPreKey(message.signedPreKeyId()))
            .map(PreKey::keyPair)
            .orElseThrow(() -> unknown(Reason.UNKNOWN_SIGNED_PREKEY, message.signedPreKeyId()));
    Optional<SignalRecordKey> preKey =
        message.preKeyId().stream().mapToObj(SignalRecordKey::preKey).findFirst();
    Optional<KeyPair> preKeyPair =
        preKey.map(key ->
            read(key)
                .map(PreKey::keyPair)
                .orElseThrow(() -> unknown(Reason.UNKNOWN_PREKEY, message.preKeyId().getAsInt())));
    Ratchet.Decrypted first = ratchet.accept(message, signedPreKey, preKeyPair.orElse(null));
    begin(address, message.identityKey().toEncodedPoint(), first.state());
    preKey.ifPresent(this::remove);
    return first.plaintext();
  }

  /** A session that begins ends those of another identity and archives those of the same. */
  private void begin(SignalAddress address, byte[] identity, SignalSessionState state) {
    Optional<SessionRecord> earlier =
        isNew(address, identity) ? Optional.empty() : readable(address);
    write(address, earlier.map(record -> record.followedBy(state)).orElse(SessionRecord.of(state)));
    learn(address, identity);
  }

  private boolean isNew(SignalAddress address, byte[] identity) {
    return identityOf(address).filter(known -> Arrays.equals(known, identity)).isEmpty();
  }

  private void learn(SignalAddress address, byte[] identity) {
    if (!isNew(address, identity)) {
      return;
    }
    if (identityOf(address).isPresent()) {
      identityChanges.add(address);
    }
    put(SignalRecordKey.identity(address), identity.clone());
  }

  private SessionRecord session(SignalAddress address) {
    return find(address)
        .orElseThrow(() -> new SignalException(Reason.NO_SESSION, "no session with the device"));
  }

  private Optional<SessionRecord> find(SignalAddress address) {
    return look(address).map(Look::session);
  }

  /** As {@link #find}, for those who begin anew instead of failing. */
  private Optional<SessionRecord> readable(SignalAddress address) {
    return readableLook(address).map(Look::session);
  }

  private Optional<Look> look(SignalAddress address) {
    SignalRecordKey key = SignalRecordKey.session(address);
    Look earlier = unused.remove(key);
    return read(key)
        .map(record ->
            earlier != null && Arrays.equals(earlier.record, record)
                ? earlier
                : new Look(record, SessionRecord.decode(record)));
  }

  private Optional<Look> readableLook(SignalAddress address) {
    try {
      return look(address);
    } catch (SignalException e) {
      remove(address);
      damagedSessions++;
      return Optional.empty();
    }
  }

  private void write(SignalAddress address, SessionRecord record) {
    put(SignalRecordKey.session(address), record.encode());
  }

  private Optional<byte[]> read(SignalRecordKey key) {
    return switch (changes.get(key)) {
      case null -> store.read(key);
      case SignalChange.Put put -> Optional.of(put.value().clone());
      case SignalChange.Remove _ -> Optional.empty();
    };
  }

  private void put(SignalRecordKey key, byte[] value) {
    changes.put(key, new SignalChange.Put(key, value));
  }

  private void remove(SignalRecordKey key) {
    if (read(key).isPresent()) {
      changes.put(key, new SignalChange.Remove(key));
    }
  }

  private static SignalException unknown(Reason reason, int id) {
    return new SignalException(reason, "id " + id);
  }
}
