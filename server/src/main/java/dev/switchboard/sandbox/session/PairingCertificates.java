package dev.switchboard.sandbox.session;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.AccountSignatures;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentity;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentityHMAC;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes what a phone hands to a new device. */
final class PairingCertificates {
  private final AccountSignatures signatures;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Faults faults;

  PairingCertificates(
      AccountSignatures signatures, SecureRandom random, InstantSource clock, Faults faults) {
    this.signatures = signatures;
    this.random = random;
    this.clock = clock;
    this.faults = faults;
  }

  Certificate issue(
      AccountRecord account, int device, byte[] deviceIdentity, byte[] advertisedSecret) {
    ByteString details = AccountSignatures.details(account, device, clock.instant());
    ADVSignedDeviceIdentity signed = signatures.sign(account, details, deviceIdentity);
    var address = new DeviceAddress(account.getPhoneNumber(), device);
    if (faults.happens(Fault.ACCOUNT_SIGNATURE, address)) {
      byte[] wrong = Faults.damaged(signed.getAccountSignature().toByteArray());
      signed = signed.toBuilder().setAccountSignature(ByteString.copyFrom(wrong)).build();
    }
    ADVSignedDeviceIdentityHMAC sealed = AccountSignatures.seal(signed, advertisedSecret);
    if (faults.happens(Fault.PAIRING_HMAC, address)) {
      byte[] wrong = Faults.damaged(sealed.getHmac().toByteArray());
      sealed = sealed.toBuilder().setHmac(ByteString.copyFrom(wrong)).build();
    }
    return new Certificate(details, sealed.toByteArray());
  }

  /** Whether the network wants a passkey for a device of this account, this time. */
  boolean needPasskey(DeviceAddress device) {
    return faults.happens(Fault.PASSKEY_REQUIRED, device);
  }

  byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** What was signed, and how it is handed over. */
  @SuppressWarnings("ArrayRecordComponent") // never changed and never compared
  record Certificate(ByteString details, byte[] sealed) {}
}
