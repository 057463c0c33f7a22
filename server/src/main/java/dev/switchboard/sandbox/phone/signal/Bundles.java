package dev.switchboard.sandbox.phone.signal;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Prekeys.Prekey;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.sandbox.record.SignedPrekeyRecord;
import dev.switchboard.whatsapp.signal.PreKey;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.PreKeyBundle.OneTimeKey;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives out what is needed to start a session with a device, phone or companion. */
public final class Bundles {
  private final SecureRandom random;

  public Bundles(SecureRandom random) {
    this.random = random;
  }

  /** The bundle with a one-time prekey that nobody else gets; empty for an unknown device. */
  public Optional<PreKeyBundle> take(Change change, DeviceAddress device) {
    if (device.isPhone()) {
      return change.state().accounts().find(device.account()).map(phone -> ofPhone(change, phone));
    }
    return change.state().devices().find(device).map(known -> ofCompanion(change, device, known));
  }

  private PreKeyBundle ofPhone(Change change, AccountRecord phone) {
    PreKey prekey = PhonePrekeys.fresh(change, phone, random);
    return bundle(
        phone.getRegistrationId(),
        phone.getIdentityPublic().toByteArray(),
        phone.getSignedPrekey(),
        new OneTimeKey(prekey.id(), prekey.keyPair().publicKey()));
  }

  private static PreKeyBundle ofCompanion(
      Change change, DeviceAddress address, DeviceRecord device) {
    Optional<Prekey> prekey = change.state().prekeys().take(address);
    remindWhenLow(change, address);
    return bundle(
        device.getRegistrationId(),
        device.getIdentity().toByteArray(),
        device.getSignedPrekey(),
        prekey.map(key -> new OneTimeKey(key.id(), key.publicKey().toByteArray())).orElse(null));
  }

  /** Once when the supply gets low and once when it has run out. */
  private static void remindWhenLow(Change change, DeviceAddress address) {
    int left = change.state().prekeys().count(address);
    if (left == change.state().limits().prekeysLow() - 1 || left == 0) {
      change.queue(
          address,
          Node.builder("notification")
              .attribute("from", Jid.WHATSAPP)
              .attribute("type", "encrypt")
              .attribute("id", "prekeys-" + left)
              .attribute("t", change.state().seconds())
              .child(Node.builder("count").attribute("value", left).build())
              .build());
    }
  }

  private static PreKeyBundle bundle(
      int registrationId,
      byte[] identity,
      SignedPrekeyRecord signed,
      @Nullable OneTimeKey oneTimeKey) {
    return new PreKeyBundle(
        registrationId,
        identity,
        signed.getId(),
        signed.getPublicKey().toByteArray(),
        signed.getSignature().toByteArray(),
        oneTimeKey);
  }
}
