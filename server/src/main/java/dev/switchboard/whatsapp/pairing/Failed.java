package dev.switchboard.whatsapp.pairing;

import dev.switchboard.connector.ConnectionEnd.NotPaired;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.session.SessionEnded;

/** The end of a pairing that did not link. */
final class Failed {
  private Failed() {}

  static SessionEnded with(StateCause cause, String detail) {
    return new SessionEnded(new NotPaired(cause, detail));
  }
}
