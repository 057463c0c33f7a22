package dev.switchboard.whatsapp.login;

import dev.switchboard.whatsapp.MemoryHost;
import dev.switchboard.whatsapp.MemoryRecords;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.CredentialStore;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.signal.PreKey;
import dev.switchboard.whatsapp.wire.Jid;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The durable state of a device that was linked, over any number of connections. */
final class LinkedDevice {
  static final SecureRandom RANDOM = new SecureRandom();

  final MemoryHost host = new MemoryHost();
  final MemoryRecords records = host.records;

  LinkedDevice() {
    DeviceKeys keys = DeviceKeys.generate(RANDOM);
    Jid jid = Jid.ofPhoneNumber("15550001000").withDevice(7);
    records.commit(
        List.of(
            CredentialStore.put(new Credentials(keys, jid, null, new byte[0], "android")),
            SignalRecords.change(keys.signedPreKey().put())));
  }

  /** As the next connection sees it. */
  AccountState account() {
    return new AccountState(host, new CredentialStore(records).read().orElseThrow());
  }

  List<PreKey> preKeys(int firstId, int count) {
    List<PreKey> keys = PreKey.generate(firstId, count, RANDOM);
    var changes =
        new ArrayList<>(keys.stream().map(PreKey::put).map(SignalRecords::change).toList());
    records.commit(changes);
    return keys;
  }
}
