package dev.switchboard.whatsapp.wire;

import org.jspecify.annotations.Nullable;

/**
 * Bytes or a stanza that are not what the wire allows. The only exception that decoding what a peer
 * sent may end with; the connection it came from cannot be trusted to be in step any more.
 */
public class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    super(message);
  }

  public WireException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
