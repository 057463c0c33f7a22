package dev.switchboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatewayExceptionTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void whoMeetsAStopIsToldWhenToComeBack() {
    assertThat(new GatewayException(Reason.SHUTTING_DOWN, "it ends").retryAfter())
        .hasValueSatisfying(after -> assertThat(after).isPositive());
    assertThat(
            new GatewayException(Reason.SHUTTING_DOWN, "it ends", new InterruptedException())
                .retryAfter())
        .isPresent();
  }

  @Test
  void whatIsSaidOfOneRefusalGoesBeforeWhatIsKnownOfItsReason() {
    assertThat(
            GatewayException.retryable(Reason.SHUTTING_DOWN, "it ends", MINUTE, null).retryAfter())
        .contains(MINUTE);
  }

  @Test
  void nothingIsPromisedOfARefusalThatNeedNotPass() {
    assertThat(new GatewayException(Reason.INSTANCE_NOT_READY, "not connected").retryAfter())
        .isEmpty();
  }
}
