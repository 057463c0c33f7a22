package dev.switchboard.whatsapp.device;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.Peer;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * People whose phone has another identity: their security code changed. Whoever noticed it, in a
 * bundle or in a message, it is told once, together with the records that make it known, and the
 * linked devices that the old identity vouched for are forgotten.
 */
public final class IdentityChanges {
  private final AccountState account;
  private final ConnectorHost host;
  private final DeviceDirectory directory;

  public IdentityChanges(AccountState account, ConnectorHost host, DeviceDirectory directory) {
    this.account = account;
    this.host = host;
    this.directory = directory;
  }

  /**
   * Tells what the unit noticed. Durable when this returns; what else the unit changed is left to
   * its owner, and is to be committed afterwards: it holds nothing of the forgotten devices either.
   */
  public void noticed(SignalUnit unit, Instant at) {
    unit.identityChanges().stream()
        .filter(address -> address.device() == DeviceDirectory.PHONE)
        .distinct()
        .forEach(address -> tell(address, unit, at));
  }

  private void tell(SignalAddress address, SignalUnit unit, Instant at) {
    Jid person = Jid.parse(address.name());
    Optional<Peer> peer = account.aliases().peer(person);
    Optional<byte[]> identity = unit.identityOf(address);
    if (peer.isEmpty() || identity.isEmpty() || account.credentials().isOwnAccount(person)) {
      return;
    }
    Set<Integer> devices = directory.lastKnown(person);
    List<RecordChange> changes = new ArrayList<>(directory.unknown(person));
    SignalUnit known = account.signalUnit();
    known.recordIdentity(address, identity.get());
    changes.addAll(SignalRecords.changes(known.changes()));
    host.identityChanged(peer.get(), at, changes);
    directory.forget(unit, person, devices);
  }
}
