package dev.switchboard.sandbox.device;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.phone.People;
import dev.switchboard.sandbox.phone.Phones;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;

/** A phone that registers anew, as after it was reset: the same number, another identity. */
public final class Reinstallation {
  private final People people;
  private final Phones phones;
  private final DeviceNotices notices;

  public Reinstallation(People people, Phones phones, DeviceNotices notices) {
    this.people = people;
    this.phones = phones;
    this.notices = notices;
  }

  /** Sets the phone up anew; its companions are removed, those who wrote with it are told. */
  public AccountRecord reinstall(Change change, AccountRecord account) {
    String number = account.getPhoneNumber();
    for (DeviceRecord companion : change.state().devices().of(number)) {
      change.unlink(new DeviceAddress(number, companion.getId()));
    }
    AccountRecord anew = people.registerAnew(change, account);
    for (String contact : change.state().contacts().of(number)) {
      change
          .state()
          .accounts()
          .find(contact)
          .ifPresent(other -> phones.forget(change, other, new DeviceAddress(number, 0)));
    }
    notices.identityChanged(change, anew);
    return anew;
  }
}
