package dev.switchboard.sandbox.fault;

import dev.switchboard.sandbox.account.DeviceAddress;
import java.util.List;

/**
 * Whom a fault is to hit.
 *
 * @param account digits of a phone number; empty for everybody
 * @param device a companion of that account; 0 for each of them
 */
public record Aim(String account, int device) {
  public static final Aim EVERYBODY = new Aim("", 0);

  public Aim {
    if (account.isEmpty() && device != 0) {
      throw new IllegalArgumentException("a device belongs to an account");
    }
  }

  /** Each companion of the account. */
  public static Aim at(String account) {
    return new Aim(account, 0);
  }

  public boolean covers(DeviceAddress address) {
    return account.isEmpty()
        || (account.equals(address.account()) && (device == 0 || device == address.device()));
  }

  /** What may be aimed so that it covers the device, the closest first. */
  static List<Aim> covering(DeviceAddress address) {
    return address.account().isEmpty()
        ? List.of(EVERYBODY)
        : List.of(new Aim(address.account(), address.device()), at(address.account()), EVERYBODY);
  }
}
