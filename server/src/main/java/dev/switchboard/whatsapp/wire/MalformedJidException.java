package dev.switchboard.whatsapp.wire;

/** A text that names nobody on WhatsApp. The message says what is wrong, not the text itself. */
public final class MalformedJidException extends WireException {
  private static final long serialVersionUID = 1L;

  public MalformedJidException(String message) {
    super(message);
  }
}
