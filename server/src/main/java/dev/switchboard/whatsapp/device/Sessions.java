package dev.switchboard.whatsapp.device;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that there are Signal sessions to encrypt with. */
public final class Sessions {
  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  private final AccountState account;
  private final PreKeyBundles bundles;
  private final IdentityChanges identities;
  private final InstantSource clock;

  public Sessions(
      AccountState account, StanzaStream stream, IdentityChanges identities, InstantSource clock) {
    this.account = account;
    this.bundles = new PreKeyBundles(stream);
    this.identities = identities;
    this.clock = clock;
  }

  /**
   * What can be encrypted for now.
   *
   * @param unit holds the sessions that were started; commit it with what they encrypt
   * @param ready the devices with a session
   * @param untrusted the devices whose keys failed verification; nothing is sent to them
   */
  public record Ready(SignalUnit unit, List<Jid> ready, List<Jid> untrusted) {}

  /** Fetches bundles for the devices that need one; devices without a bundle are left out. */
  public Ready with(List<Jid> devices) throws InterruptedException {
    return with(account.signalUnit(), devices);
  }

  /** As {@link #with(List)}, in a unit of work that has begun. */
  public Ready with(SignalUnit unit, List<Jid> devices) throws InterruptedException {
    List<Jid> missing = devices.stream().filter(device -> !has(unit, device)).toList();
    Map<Jid, PreKeyBundle> fetched = missing.isEmpty() ? Map.of() : bundles.fetch(missing);
    List<Jid> untrusted = new ArrayList<>();
    fetched.forEach((device, bundle) -> {
      if (!establish(unit, device, bundle)) {
        untrusted.add(device);
      }
    });
    identities.noticed(unit, clock.instant());
    List<Jid> ready =
        missing.isEmpty()
            ? List.copyOf(devices)
            : devices.stream().filter(device -> has(unit, device)).toList();
    if (unit.damagedSessions() > 0) {
      log.warn("{} stored sessions could not be read and are begun anew", unit.damagedSessions());
    }
    if (ready.size() < devices.size()) {
      log.info("no session with {} of {} devices", devices.size() - ready.size(), devices.size());
    }
    return new Ready(unit, ready, untrusted);
  }

  /** Starts a session from keys that the device itself sent; false when they are refused. */
  public boolean begin(SignalUnit unit, Jid device, PreKeyBundle bundle) {
    boolean begun = establish(unit, device, bundle);
    identities.noticed(unit, clock.instant());
    return begun;
  }

  /** Ends the session with one device; its identity is kept, so that a change is noticed. */
  public void forgetDevice(Jid device) {
    SignalUnit unit = account.signalUnit();
    unit.remove(account.aliases().address(device));
    account.commit(SignalRecords.changes(unit.changes()));
  }

  /**
   * The server says that a phone has another identity: begins a session with that one, so that the
   * change is told and the next message does not go to the old one. Does nothing where nobody ever
   * spoke with the person, or where it was noticed before.
   */
  public void renew(Jid person, Instant at) throws InterruptedException {
    Jid phone = person.withDevice(DeviceDirectory.PHONE);
    SignalUnit unit = account.signalUnit();
    if (unit.identityOf(account.aliases().address(phone)).isEmpty()) {
      return;
    }
    PreKeyBundle bundle = bundles.fetch(List.of(phone)).get(phone);
    if (bundle == null || !establish(unit, phone, bundle)) {
      forgetDevice(phone);
    } else if (!unit.identityChanges().isEmpty()) {
      identities.noticed(unit, at);
      account.commit(SignalRecords.changes(unit.changes()));
    }
  }

  private boolean has(SignalUnit unit, Jid device) {
    return unit.hasSession(account.address(unit, device));
  }

  private boolean establish(SignalUnit unit, Jid device, PreKeyBundle bundle) {
    SignalAddress address = account.aliases().address(device);
    try {
      unit.establish(address, bundle);
      return true;
    } catch (SignalException e) {
      log.warn("the keys of a device are refused: {}", e.reason());
      return false;
    }
  }
}
