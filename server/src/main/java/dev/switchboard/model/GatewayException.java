package dev.switchboard.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller is meant to see. It knows no transport: the edges map the reason.
 *
 * <p>The message is for people and holds no personal data.
 */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final @Nullable String field;
  private final @Nullable Duration retryAfter;

  private GatewayException(
      Reason reason,
      String message,
      @Nullable String field,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  public GatewayException(Reason reason, String message) {
    this(reason, message, null, null, null);
  }

  public GatewayException(Reason reason, String message, Throwable cause) {
    this(reason, message, null, null, cause);
  }

  /** A refusal that may pass: worth another try after the given time. */
  public static GatewayException retryable(
      Reason reason, String message, Duration retryAfter, @Nullable Throwable cause) {
    return new GatewayException(reason, message, null, retryAfter, cause);
  }

  /** A field of the request breaks its rule; the field is named by its path in the request. */
  public static GatewayException invalidField(String field, String rule) {
    return new GatewayException(Reason.INVALID_FIELD, field + " " + rule, field, null, null);
  }

  public Reason reason() {
    return reason;
  }

  /** The path of the field that is wrong, for {@link Reason#INVALID_FIELD}. */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /** After how long another try makes sense. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
