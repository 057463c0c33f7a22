package dev.switchboard.whatsapp.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalChange;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignalRecordKey;
import dev.switchboard.whatsapp.signal.SignalStore;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import dev.switchboard.whatsapp.wire.Jid;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Somebody's device on the other side of an account. */
final class PeerDevice implements SignalStore {
  private static final SignalAddress ACCOUNT = new SignalAddress("account", 0);

  private final SignalIdentity identity = SignalIdentity.generate(new SecureRandom());
  private final SignedPreKey signedPreKey = SignedPreKey.generate(identity, 1, new SecureRandom());
  private final Map<SignalRecordKey, byte[]> records = new HashMap<>();

  PeerDevice() {
    apply(signedPreKey.put());
  }

  /** The account begins a session under the name that it knows the device by. */
  void established(AccountState account, Jid name) {
    SignalUnit unit = account.signalUnit();
    unit.establish(account.aliases().address(name), PreKeyBundle.of(identity, signedPreKey, null));
    account.commit(SignalRecords.changes(unit.changes()));
  }

  /** The device begins a session from the account's published keys. */
  void establish(AccountState account) {
    DeviceKeys keys = account.credentials().keys();
    SignalUnit unit = unit();
    unit.establish(ACCOUNT, PreKeyBundle.of(keys.identity(), keys.signedPreKey(), null));
    unit.changes().forEach(this::apply);
  }

  boolean hasSession() {
    return unit().hasSession(ACCOUNT);
  }

  String decrypt(Ciphertext message) {
    SignalUnit unit = unit();
    byte[] plaintext = unit.decrypt(ACCOUNT, message.type(), message.bytes());
    unit.changes().forEach(this::apply);
    return new String(plaintext, UTF_8);
  }

  Ciphertext encrypt(String text) {
    SignalUnit unit = unit();
    Ciphertext message = unit.encrypt(ACCOUNT, text.getBytes(UTF_8));
    unit.changes().forEach(this::apply);
    return message;
  }

  @Override
  public Optional<byte[]> read(SignalRecordKey key) {
    return Optional.ofNullable(records.get(key)).map(byte[]::clone);
  }

  private SignalUnit unit() {
    return new SignalUnit(identity, this);
  }

  private void apply(SignalChange change) {
    switch (change) {
      case SignalChange.Put put -> records.put(put.key(), put.value());
      case SignalChange.Remove remove -> records.remove(remove.key());
    }
  }
}
