package dev.switchboard.sandbox.device;

import dev.switchboard.sandbox.account.AccountSignatures;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/** The list of an account's devices: as it is, and as the network tells it. */
public final class DeviceLists {
  /** Old lists that are remembered; the one remembered longest ago goes first. */
  private static final int MOST_REMEMBERED = 100;

  private final AccountSignatures signatures;
  private final Faults faults;
  private final Map<String, DeviceList> remembered = new LinkedHashMap<>();

  public DeviceLists(AccountSignatures signatures, Faults faults) {
    this.signatures = signatures;
    this.faults = faults;
  }

  static DeviceList of(Change change, AccountRecord account) {
    return new DeviceList(
        account,
        change.state().devices().of(account.getPhoneNumber()),
        change.state().clock().instant());
  }

  /** What the network says when somebody asks: an old list if a fault wants it so. */
  public DeviceList told(Change change, AccountRecord account) {
    String number = account.getPhoneNumber();
    DeviceList old = remembered.get(number);
    return old != null && faults.happens(Fault.STALE_DEVICE_LIST, new DeviceAddress(number, 0))
        ? old
        : of(change, account);
  }

  /** Remembers the list as it is now, for the time when it is old. */
  public void remember(Change change, AccountRecord account) {
    remembered.remove(account.getPhoneNumber());
    remembered.put(account.getPhoneNumber(), of(change, account));
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
  }

  /** The list as the phone signed it at that moment. */
  public Node signed(DeviceList list) {
    byte[] signed =
        signatures.keyIndexes(list.account(), list.companions(), list.at()).toByteArray();
    return Node.builder("key-index-list")
        .attribute("ts", list.at().getEpochSecond())
        .bytes(signed)
        .build();
  }
}
