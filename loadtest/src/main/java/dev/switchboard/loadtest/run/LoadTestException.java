package dev.switchboard.loadtest.run;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A run that cannot go on; the message says why to whoever started it. */
public final class LoadTestException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public LoadTestException(String message) {
    super(message);
  }

  public LoadTestException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
