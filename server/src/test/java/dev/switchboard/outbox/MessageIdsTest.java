package dev.switchboard.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.Samples;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
  private final MessageIds ids = new MessageIds(new ManualClock(), new SecureRandom());

  @Test
  void looksLikeWhatsAppWebs() {
    assertThat(ids.next(Samples.OWN).value()).matches("3EB0[0-9A-F]{18}");
    assertThat(ids.next(Peer.of(new Lid("123"))).value()).matches("3EB0[0-9A-F]{18}");
  }

  @Test
  void isNewEveryTimeWithinOneSecond() {
    Set<MessageId> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      seen.add(ids.next(Samples.OWN));
    }
    assertThat(seen).hasSize(10_000);
  }
}
