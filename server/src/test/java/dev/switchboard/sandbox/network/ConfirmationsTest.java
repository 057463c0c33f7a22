package dev.switchboard.sandbox.network;

import static dev.switchboard.sandbox.network.Confirmations.Kind.ACKNOWLEDGEMENT;
import static dev.switchboard.sandbox.network.Confirmations.Kind.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfirmationsTest {
  private static final String NAME = "a message";

  private final Confirmations confirmations = new Confirmations();

  @Test
  void takesReceiptAndAcknowledgementForWordOfTheSameCopy() {
    assertThat(confirmations.confirms(NAME, RECEIPT)).isTrue();
    assertThat(confirmations.confirms(NAME, ACKNOWLEDGEMENT)).isFalse();
    assertThat(confirmations.confirms(NAME, ACKNOWLEDGEMENT)).isTrue();
    assertThat(confirmations.confirms(NAME, RECEIPT)).isFalse();
    assertThat(confirmations.confirms(NAME, RECEIPT)).isTrue();
  }

  @Test
  void tellsNamesApart() {
    assertThat(confirmations.confirms(NAME, RECEIPT)).isTrue();
    assertThat(confirmations.confirms("another", ACKNOWLEDGEMENT)).isTrue();
  }

  @Test
  void forgetsTheNameThatIsOldest() {
    confirmations.confirms(NAME, RECEIPT);
    for (int i = 1; i < Confirmations.MOST_REMEMBERED; i++) {
      confirmations.confirms("name " + i, RECEIPT);
    }
    assertThat(confirmations.confirms(NAME, ACKNOWLEDGEMENT)).isFalse();

    confirmations.confirms("one more", RECEIPT);

    assertThat(confirmations.confirms(NAME, RECEIPT)).isTrue();
    assertThat(confirmations.confirms(NAME, ACKNOWLEDGEMENT)).isFalse();
    assertThat(confirmations.confirms("name 2", ACKNOWLEDGEMENT)).isFalse();
  }
}
