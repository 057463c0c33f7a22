package dev.switchboard.whatsapp.account;

import dev.switchboard.whatsapp.wire.Jid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a linked device logs in with.
 *
 * @param jid this device by phone number
 * @param lid this device by hidden id; null until the server told it
 * @param deviceIdentity the account's signed word that this is its device, to show to peers: a
 *     serialized ADVSignedDeviceIdentity
 * @param platform the phone's operating system; empty if unknown
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through to stanzas and never compared.
public record Credentials(
    DeviceKeys keys, Jid jid, @Nullable Jid lid, byte[] deviceIdentity, String platform) {

  public Optional<Jid> knownLid() {
    return Optional.ofNullable(lid);
  }

  /** Whether the JID names this account, on any of its devices. */
  public boolean isOwnAccount(Jid other) {
    Jid person = other.withoutDevice();
    return person.equals(jid.withoutDevice())
        || knownLid().map(Jid::withoutDevice).filter(person::equals).isPresent();
  }

  /** Whether the JID names this very device. */
  public boolean isThisDevice(Jid other) {
    return isOwnAccount(other) && other.device() == jid.device();
  }

  public Credentials withLid(Jid known) {
    return new Credentials(keys, jid, known, deviceIdentity, platform);
  }

  public Credentials withKeys(DeviceKeys changed) {
    return new Credentials(changed, jid, lid, deviceIdentity, platform);
  }

  @Override
  public String toString() {
    return "Credentials[device=" + jid.device() + "]";
  }
}
