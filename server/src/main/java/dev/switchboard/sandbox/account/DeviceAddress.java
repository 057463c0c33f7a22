package dev.switchboard.sandbox.account;

/**
 * A device of an account, whichever of its JIDs was used.
 *
 * @param account digits of the phone number
 * @param device 0 is the phone
 */
public record DeviceAddress(String account, int device) {
  /** The companion a client logged in as, or the phone. */
  public boolean isPhone() {
    return device == 0;
  }

  /** Sorts by device within the account, since ids stay below 100,000. */
  public String key() {
    return account + "/" + "%05d".formatted(device);
  }
}
