package dev.switchboard.sandbox.phone.signal;

import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.signal.PreKey;
import dev.switchboard.whatsapp.signal.SignalChange;
import dev.switchboard.whatsapp.signal.SignalRecordKey;
import java.security.SecureRandom;
import java.util.List;

/** The one-time prekeys of phones, made when somebody asks: a phone never runs out. */
final class PhonePrekeys {
  /** A prekey that nobody used goes when so many younger ones were given out. */
  static final int UNUSED_PREKEYS = 1_000;

  private PhonePrekeys() {}

  /** A new one. */
  static PreKey fresh(Change change, AccountRecord phone, SecureRandom random) {
    AccountRecord current = change.state().accounts().find(phone.getPhoneNumber()).orElseThrow();
    PreKey prekey = PreKey.generate(current.getNextPrekey(), 1, random).getFirst();
    change
        .state()
        .accounts()
        .put(current.toBuilder().setNextPrekey(PreKey.idAfter(current.getNextPrekey(), 1)).build());
    new PhoneRecords(change.state().store().signalRecords(), phone.getPhoneNumber())
        .apply(
            List.of(
                prekey.put(),
                new SignalChange.Remove(
                    new SignalRecordKey(
                        SignalRecordKey.Kind.PREKEY,
                        Integer.toString(PreKey.idAfter(prekey.id(), -UNUSED_PREKEYS))))));
    return prekey;
  }
}
