package dev.switchboard.instance.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.testing.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndOfRunTest {
  private final EndOfRun end = new EndOfRun(Samples.ACCOUNT);

  @Test
  void whoWaitsInVainIsToldToTryAgain() {
    assertThatThrownBy(() -> end.require(Duration.ZERO))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.INSTANCE_NOT_READY);
              assertThat(e.retryAfter()).isPresent();
            });
  }

  @Test
  void isThereOnceItWasMarked() throws Exception {
    assertThat(end.await(Duration.ZERO)).isFalse();
    end.mark();
    assertThat(end.await(Duration.ZERO)).isTrue();
    assertThatCode(() -> end.require(Duration.ZERO)).doesNotThrowAnyException();
  }
}
