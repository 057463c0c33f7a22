package dev.switchboard.model.instance;

import dev.switchboard.model.pacing.PacingPolicy;

/** The network that an instance is linked to. */
public enum Network {
  /** WhatsApp itself. */
  WHATSAPP,
  /** The built-in simulated network. */
  SANDBOX;

  /** How fast an account of this network may send unless it is told otherwise. */
  public PacingPolicy standardPacing() {
    return switch (this) {
      case WHATSAPP -> PacingPolicy.STANDARD;
      case SANDBOX -> PacingPolicy.NONE;
    };
  }
}
