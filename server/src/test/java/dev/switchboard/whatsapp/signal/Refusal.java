package dev.switchboard.whatsapp.signal;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Why a call was refused. */
final class Refusal {
  private Refusal() {}

  static SignalException.Reason refused(ThrowingCallable call) {
    return Objects.requireNonNull(catchThrowableOfType(SignalException.class, call)).reason();
  }
}
