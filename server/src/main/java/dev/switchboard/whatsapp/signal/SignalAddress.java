package dev.switchboard.whatsapp.signal;

/**
 * A peer's device. Callers canonicalise first: one device has one address (its LID where known).
 *
 * @param name the account, for example {@code user@server}; opaque here
 * @param device 0 is the phone
 */
public record SignalAddress(String name, int device) {
  public SignalAddress {
    if (name.isEmpty() || device < 0) {
      throw new IllegalArgumentException("an address needs a name and a device from 0 up");
    }
  }

  String recordName() {
    return name + ":" + device;
  }

  /** Without the name: it may be a phone number. */
  @Override
  public String toString() {
    return "SignalAddress[device=" + device + "]";
  }
}
