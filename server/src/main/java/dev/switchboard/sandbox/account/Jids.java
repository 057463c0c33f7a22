package dev.switchboard.sandbox.account;

import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Server;

/** The two JIDs of each device of an account. */
public final class Jids {
  private Jids() {}

  public static Jid byNumber(AccountRecord account, int device) {
    return new Jid(account.getPhoneNumber(), device, Server.USER);
  }

  public static Jid hidden(AccountRecord account, int device) {
    return new Jid(account.getLid(), device, Server.LID);
  }

  /** The device's JID in the form that another JID has. */
  public static Jid like(Jid form, AccountRecord account, int device) {
    return form.isLid() ? hidden(account, device) : byNumber(account, device);
  }
}
