package dev.switchboard.instance.pairing;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.StateCause;
import java.time.Instant;

/** What happens while an instance is being linked. */
public sealed interface PairingEvent {
  AccountKey account();

  /** A QR code to be scanned before it expires; replaces the one before. */
  record Qr(AccountKey account, String text, Instant expiresAt) implements PairingEvent {
    /** Hides the text: who has it can link the account. */
    @Override
    public String toString() {
      return "Qr[" + account + ", expires " + expiresAt + "]";
    }
  }

  /** A code to be typed on the phone before it expires; replaces the one before. */
  record Code(AccountKey account, String text, Instant expiresAt) implements PairingEvent {
    /** Hides the code: who has it can link the account. */
    @Override
    public String toString() {
      return "Code[" + account + ", expires " + expiresAt + "]";
    }
  }

  /** The phone linked the instance; nothing follows. */
  record Paired(AccountKey account, Peer own) implements PairingEvent {}

  /** The pairing ended without a link; nothing follows. */
  record Failed(AccountKey account, StateCause cause, String detail) implements PairingEvent {}
}
