package dev.switchboard.whatsapp.presence;

import dev.switchboard.whatsapp.link.Order;

/** Wakes the session's thread, which looks then what is wanted of presence. */
public final class PresenceOrder implements Order {
  @Override
  public void carryOut() {
    // The tick that follows looks.
  }

  @Override
  public void abandon() {
    // The next connection looks.
  }
}
