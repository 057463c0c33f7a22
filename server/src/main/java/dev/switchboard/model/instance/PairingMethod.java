package dev.switchboard.model.instance;

import dev.switchboard.model.PhoneNumber;

/** How an instance is to be linked to a phone. */
public sealed interface PairingMethod {
  PairingMethod QR_CODE = new QrCode();

  /** The phone scans what is shown. */
  record QrCode() implements PairingMethod {}

  /** A person types what is shown on the phone of this number. */
  record PhoneCode(PhoneNumber number) implements PairingMethod {}
}
