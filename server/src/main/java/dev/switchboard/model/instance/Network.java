package dev.switchboard.model.instance;

/** The network that an instance is linked to. */
public enum Network {
  /** WhatsApp itself. */
  WHATSAPP,
  /** The built-in simulated network. */
  SANDBOX
}
