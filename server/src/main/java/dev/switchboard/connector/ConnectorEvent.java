package dev.switchboard.connector;

import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.StateCause;
import java.time.Instant;

/** What an engine tells while a connection lives. */
public sealed interface ConnectorEvent {
  /** A QR code to be shown to the account's phone until it expires; replaces the one before. */
  record QrShown(String text, Instant expiresAt) implements ConnectorEvent {
    /** Hides the text: who has it can link the account. */
    @Override
    public String toString() {
      return "QrShown[expires " + expiresAt + "]";
    }
  }

  /** A code to be typed on the account's phone until it expires; replaces the one before. */
  record CodeShown(String text, Instant expiresAt) implements ConnectorEvent {
    /** Hides the code: who has it can link the account. */
    @Override
    public String toString() {
      return "CodeShown[expires " + expiresAt + "]";
    }
  }

  /** The phone linked this device; the credentials are stored. */
  record Paired(Peer own) implements ConnectorEvent {}

  /** The network accepted the login; sending works from here on. */
  record LoggedIn(Peer own) implements ConnectorEvent {}

  /** There is evidence that the open connection does not work, or not for everything. */
  record Degraded(StateCause cause, String detail) implements ConnectorEvent {
    /** Whether messages come and go all the same, so that another connection would be no better. */
    public boolean messagesFlow() {
      return cause == StateCause.APP_STATE_BROKEN;
    }
  }

  /** The evidence is gone. */
  record Recovered() implements ConnectorEvent {}
}
