package dev.switchboard.sandbox.device;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Who is told when the devices of an account change: those who wrote with it learn what changed,
 * its own other companions the whole list (both as public clients read them).
 */
public final class DeviceNotices {
  private static final int ID_BYTES = 8;

  private final DeviceLists lists;
  private final SecureRandom random;

  public DeviceNotices(DeviceLists lists, SecureRandom random) {
    this.lists = lists;
    this.random = random;
  }

  /** A companion was linked. */
  public void linked(Change change, DeviceAddress device) {
    changed(change, device, "add");
  }

  /** A companion was removed. */
  void removed(Change change, DeviceAddress device) {
    changed(change, device, "remove");
  }

  private void changed(Change change, DeviceAddress device, String what) {
    AccountRecord account = change.state().accounts().find(device.account()).orElseThrow();
    DeviceList list = DeviceLists.of(change, account);
    tellContacts(change, list, what, device.device());
    tellOwnDevices(change, list, device);
  }

  /** The phone has another identity, and no companions any more. */
  void identityChanged(Change change, AccountRecord account) {
    Node notice =
        notification(change, account, "encrypt")
            .attribute("lid", Jids.hidden(account, 0))
            .child(Node.of("identity"))
            .build();
    tellContacts(change, account, notice);
    tellContacts(change, DeviceLists.of(change, account), "update", 0);
  }

  private void tellContacts(Change change, DeviceList list, String what, int device) {
    Node notice =
        notification(change, list.account(), "devices")
            .attribute("lid", Jids.hidden(list.account(), 0))
            .child(
                Node.builder(what)
                    .attribute("device_hash", list.hash())
                    .attribute("device_lid_hash", list.hiddenHash())
                    .child(list.device(device))
                    .child(lists.signed(list))
                    .build())
            .build();
    tellContacts(change, list.account(), notice);
  }

  private static void tellContacts(Change change, AccountRecord account, Node notice) {
    for (String contact : change.state().contacts().of(account.getPhoneNumber())) {
      for (DeviceRecord companion : change.state().devices().of(contact)) {
        change.queue(new DeviceAddress(contact, companion.getId()), notice);
      }
    }
  }

  private void tellOwnDevices(Change change, DeviceList list, DeviceAddress except) {
    Node notice =
        notification(change, list.account(), "account_sync")
            .child(
                Node.builder("devices")
                    .attribute("dhash", list.hash())
                    .children(list.jids())
                    .child(lists.signed(list))
                    .build())
            .build();
    for (DeviceRecord companion : list.companions()) {
      var other = new DeviceAddress(except.account(), companion.getId());
      if (!other.equals(except)) {
        change.queue(other, notice);
      }
    }
  }

  private NodeBuilder notification(Change change, AccountRecord account, String type) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Node.builder("notification")
        .attribute("from", Jids.byNumber(account, 0))
        .attribute("type", type)
        .attribute("id", HexFormat.of().formatHex(id))
        .attribute("t", change.state().seconds());
  }
}
