package dev.switchboard.sandbox.device;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.network.Change;

/** Unlinks companions and tells everybody concerned. */
public final class Removal {
  private final DeviceNotices notices;

  public Removal(DeviceNotices notices) {
    this.notices = notices;
  }

  /** Removes a companion; its connection, if any, is told and closed. */
  public void remove(Change change, DeviceAddress device) {
    change.unlink(device);
    notices.removed(change, device);
  }
}
