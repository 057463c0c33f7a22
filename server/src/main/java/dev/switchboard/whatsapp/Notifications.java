package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.appstate.AppState;
import dev.switchboard.whatsapp.device.DeviceChanges;
import dev.switchboard.whatsapp.device.DeviceDirectory;
import dev.switchboard.whatsapp.device.NumberChanges;
import dev.switchboard.whatsapp.device.Sessions;
import dev.switchboard.whatsapp.login.PreKeySupply;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.privacy.ReachoutLocks;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server tells of people, devices and keys. The caller acknowledges. */
final class Notifications {
  private static final Logger log = LoggerFactory.getLogger(Notifications.class);

  private final AccountState account;
  private final PreKeySupply supply;
  private final DeviceDirectory directory;
  private final DeviceChanges devices;
  private final NumberChanges numbers;
  private final Sessions sessions;
  private final AppState appState;
  private final InstantSource clock;
  private final PrivacyTokens tokens;
  private final ReachoutLocks locks;

  Notifications(
      AccountState account,
      PreKeySupply supply,
      DeviceDirectory directory,
      Sessions sessions,
      AppState appState,
      PrivacyTokens tokens,
      ReachoutLocks locks,
      InstantSource clock) {
    this.account = account;
    this.supply = supply;
    this.directory = directory;
    this.devices = new DeviceChanges(account, directory);
    this.numbers = new NumberChanges(new AliasBook(account), directory);
    this.sessions = sessions;
    this.appState = appState;
    this.clock = clock;
    this.tokens = tokens;
    this.locks = locks;
  }

  void receive(Node notification) throws InterruptedException {
    switch (notification.attribute("type").orElse("")) {
      case "encrypt" -> keys(notification);
      case "devices" -> devices.receive(notification);
      case "contacts" -> numbers.receive(notification);
      case "account_sync" -> devices.receiveOwn(notification);
      case "server_sync" -> appState.changed(notification);
      case "privacy_token" -> tokens.receive(notification);
      case "mex" -> locks.receive(notification);
      default -> log.debug("a notification that nothing here uses");
    }
  }

  private void keys(Node notification) throws InterruptedException {
    if (notification.child("count").isPresent()) {
      refill();
    }
    if (notification.child("identity").isPresent()) {
      Optional<Jid> person = notification.jid("from");
      if (person.isPresent() && !account.credentials().isOwnAccount(person.get())) {
        identity(notification, person.get());
      }
    }
  }

  /** Linked devices come and go with their lists; only a phone's identity is a person's. */
  private void identity(Node notification, Jid person) throws InterruptedException {
    directory.outdate(person);
    if (person.device() != 0) {
      sessions.forgetDevice(person);
      return;
    }
    try {
      sessions.renew(person, Numbers.at(notification, clock));
    } catch (RequestRefused | WireException e) {
      log.warn("no keys of somebody whose identity changed: {}", e.getMessage());
      sessions.forgetDevice(person);
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
