package dev.switchboard.event.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.Samples;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AccountNamesTest {
  private final AccountNames names = new AccountNames();

  @Test
  void sharesOneKeyAndRemembersNoMoreThanTheBound() {
    var first = read(0);
    assertThat(read(0)).isSameAs(first);
    for (int i = 1; i < AccountNames.MOST_REMEMBERED; i++) {
      assertThat(read(i)).isEqualTo(Samples.account("a" + i));
    }
    assertThat(names.remembered()).isEqualTo(AccountNames.MOST_REMEMBERED);
    assertThat(read(0)).isSameAs(first);

    assertThat(read(AccountNames.MOST_REMEMBERED)).isEqualTo(Samples.account("a50000"));
    assertThat(names.remembered()).isEqualTo(1);
    assertThat(read(0)).isEqualTo(first);
  }

  private dev.switchboard.model.AccountKey read(int number) {
    ByteBuffer buffer = ByteBuffer.allocate(AccountNames.MOST_BYTES);
    AccountNames.write(buffer, Samples.account("a" + number));
    return names.read(buffer.flip());
  }
}
