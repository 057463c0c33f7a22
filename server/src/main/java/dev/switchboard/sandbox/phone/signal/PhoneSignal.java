package dev.switchboard.sandbox.phone.signal;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.crypto.Padding;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignalUnit;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;

/**
 * Encryption on behalf of phones. Sessions are kept by account and device, so that both JIDs of a
 * device mean the same session.
 */
public final class PhoneSignal {
  private final SecureRandom random;
  private final Bundles bundles;

  public PhoneSignal(SecureRandom random, Bundles bundles) {
    this.random = random;
    this.bundles = bundles;
  }

  /** The padded plaintext of what a device sent to the phone, unpadded. */
  public byte[] decrypt(
      Change change, AccountRecord phone, DeviceAddress sender, Ciphertext ciphertext) {
    return inUnit(
        change,
        phone,
        unit ->
            Padding.remove(unit.decrypt(address(sender), ciphertext.type(), ciphertext.bytes())));
  }

  /** The message for one device; empty when that device does not exist. */
  public Optional<Ciphertext> encrypt(
      Change change, AccountRecord phone, DeviceAddress target, Message message) {
    SignalAddress address = address(target);
    return inUnit(
        change,
        phone,
        unit -> {
          if (!unit.hasSession(address)) {
            Optional<PreKeyBundle> bundle = bundles.take(change, target);
            if (bundle.isEmpty()) {
              return Optional.empty();
            }
            unit.establish(address, bundle.get());
          }
          byte[] padded = Padding.add(message.toByteArray(), random);
          return Optional.of(unit.encrypt(address, padded));
        });
  }

  /** Forgets the session with a device that cannot decrypt; the next message starts a new one. */
  public void forget(Change change, AccountRecord phone, DeviceAddress target) {
    inUnit(
        change,
        phone,
        unit -> {
          unit.remove(address(target));
          return true;
        });
  }

  /** Starts a session from what the device itself sent along. */
  public void establish(
      Change change, AccountRecord phone, DeviceAddress target, PreKeyBundle bundle) {
    inUnit(
        change,
        phone,
        unit -> {
          unit.establish(address(target), bundle);
          return true;
        });
  }

  private static <T> T inUnit(Change change, AccountRecord phone, Function<SignalUnit, T> work) {
    var records = new PhoneRecords(change.state().store().signalRecords(), phone.getPhoneNumber());
    var unit = new SignalUnit(identity(phone), records);
    T result = work.apply(unit);
    records.apply(unit.changes());
    return result;
  }

  static SignalIdentity identity(AccountRecord phone) {
    return new SignalIdentity(
        new KeyPair(phone.getIdentity().toByteArray(), phone.getIdentityPublic().toByteArray()),
        phone.getRegistrationId());
  }

  private static SignalAddress address(DeviceAddress device) {
    return new SignalAddress(device.account(), device.device());
  }
}
