package dev.switchboard.whatsapp.crypto;

import org.jspecify.annotations.Nullable;

/** A key, signature, tag or padding that is not what it has to be. Never names secret bytes. */
public final class CryptoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CryptoException(String message) {
    super(message);
  }

  public CryptoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
