package dev.switchboard.whatsapp.pairing;

import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.cobalt.ClientPayloads;
import dev.switchboard.whatsapp.cobalt.ClientProfile;
import dev.switchboard.whatsapp.cobalt.RegistrationKeys;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import java.util.Optional;

/** What a device says of itself inside the handshake. */
public final class Introduction {
  private Introduction() {}

  /** Asks to be linked; without a name, since the account's own is not known yet. */
  public static byte[] registration(ClientProfile profile, DeviceKeys keys) {
    SignedPreKey signed = keys.signedPreKey();
    return ClientPayloads.registration(
        profile,
        new RegistrationKeys(
            keys.identity().registrationId(),
            keys.identity().keyPair().publicKey(),
            signed.id(),
            signed.keyPair().publicKey(),
            signed.signature()),
        Optional.empty());
  }

  /** Logs a linked device in, under its owner's name where that is known. */
  public static byte[] login(
      ClientProfile profile, Credentials credentials, Optional<String> pushName) {
    return ClientPayloads.login(
        profile, credentials.jid().user(), credentials.jid().device(), pushName);
  }
}
