package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.device.DeviceChanges;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.login.PreKeySupply;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.wire.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server tells of people, devices and keys. The caller acknowledges. */
final class Notifications {
  private static final Logger log = LoggerFactory.getLogger(Notifications.class);

  private final PreKeySupply supply;
  private final DeviceDirectory directory;
  private final DeviceChanges devices;
  private final Sessions sessions;

  Notifications(
      AccountState account, PreKeySupply supply, DeviceDirectory directory, Sessions sessions) {
    this.supply = supply;
    this.directory = directory;
    this.devices = new DeviceChanges(account, directory);
    this.sessions = sessions;
  }

  void receive(Node notification) throws InterruptedException {
    switch (notification.attribute("type").orElse("")) {
      case "encrypt" -> keys(notification);
      case "devices" -> devices.receive(notification);
      case "account_sync" -> devices.receiveOwn(notification);
      default -> log.debug("a notification that nothing here uses");
    }
  }

  private void keys(Node notification) throws InterruptedException {
    if (notification.child("count").isPresent()) {
      refill();
    }
    if (notification.child("identity").isPresent()) {
      notification
          .jid("from")
          .ifPresent(person -> {
            sessions.forgetPerson(person);
            directory.outdate(person);
          });
    }
  }

  private void refill() throws InterruptedException {
    try {
      supply.refill();
    } catch (RequestRefused e) {
      log.warn("no prekeys could be uploaded: {}", e.getMessage());
    }
  }
}
