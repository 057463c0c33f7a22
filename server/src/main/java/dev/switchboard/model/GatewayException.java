package dev.switchboard.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller is meant to see. It knows no transport: the edges map the reason.
 *
 * <p>The message is for people and holds no personal data.
 */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How long a restart takes, about: when who meets one does well to come back. */
  private static final Duration RESTART = Duration.ofSeconds(5);

  private final Reason reason;
  private final @Nullable String field;
  private final @Nullable Duration retryAfter;
  private final transient Map<String, String> details;

  private GatewayException(
      Reason reason,
      String message,
      @Nullable String field,
      @Nullable Duration retryAfter,
      Map<String, String> details,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.field = field;
    this.retryAfter = retryAfter == null ? known(reason) : retryAfter;
    this.details = Map.copyOf(details);
  }

  public GatewayException(Reason reason, String message) {
    this(reason, message, null, null, Map.of(), null);
  }

  public GatewayException(Reason reason, String message, Throwable cause) {
    this(reason, message, null, null, Map.of(), cause);
  }

  /** A refusal that may pass: worth another try after the given time. */
  public static GatewayException retryable(
      Reason reason, String message, Duration retryAfter, @Nullable Throwable cause) {
    return new GatewayException(reason, message, null, retryAfter, Map.of(), cause);
  }

  /**
   * A refusal of which programs are told more.
   *
   * @param retryAfter after how long another try makes sense, or null where that is not known
   * @param details by name, as the API documents them for the reason
   */
  public static GatewayException detailed(
      Reason reason, String message, @Nullable Duration retryAfter, Map<String, String> details) {
    return new GatewayException(reason, message, null, retryAfter, details, null);
  }

  /** A field of the request breaks its rule; the field is named by its path in the request. */
  public static GatewayException invalidField(String field, String rule) {
    return new GatewayException(
        Reason.INVALID_FIELD, field + " " + rule, field, null, Map.of(), null);
  }

  /** What is known of a reason wherever it comes from: a stop has many places that tell of it. */
  private static @Nullable Duration known(Reason reason) {
    return reason == Reason.SHUTTING_DOWN ? RESTART : null;
  }

  public Reason reason() {
    return reason;
  }

  /** The path of the field that is wrong, for {@link Reason#INVALID_FIELD}. */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /** What programs are told of it beside the reason. */
  public Map<String, String> details() {
    return details;
  }

  /** After how long another try makes sense. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
