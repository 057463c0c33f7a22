package dev.switchboard.sandbox.phone.inbox;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Jid;

/**
 * A message on its way to a phone.
 *
 * @param phone whose phone
 * @param sender the device that sent it
 * @param chat the account the sender wrote to
 * @param form a JID in the form the sender used for the phone: receipts answer in the same
 * @param attempt 0 at first, then the number of the retry it answers
 */
public record Arrival(
    AccountRecord phone,
    DeviceAddress sender,
    AccountRecord chat,
    Jid form,
    String id,
    int attempt) {
  /** Whether one of the own companions sent it. */
  public boolean isOwn() {
    return phone.getPhoneNumber().equals(sender.account());
  }
}
