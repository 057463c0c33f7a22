package dev.switchboard.loadtest.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakenTest {
  private final Taken taken = new Taken();

  @Test
  void findsNothingWrongWithRepeatsUnderTheSameId() {
    take(post("a", 1, 5));
    take(post("b", 2, 6));
    taken.came(post("a", 1, 5), true);
    take(post("a", 1, 5));
    take(post("c", 1, 7));
    assertThat(taken.count()).isEqualTo(3);
    assertThat(taken.repeated()).isEqualTo(1);
    assertThat(taken.reordered() + taken.forged() + taken.contradicted()).isZero();
  }

  @Test
  void seesWhatComesAfterALaterOneOfItsChatOnly() {
    take(post("a", 1, 5));
    taken.came(post("b", 2, 4), true);
    assertThat(taken.reordered()).isZero();
    taken.came(post("c", 1, 4), true);
    assertThat(taken.reordered()).isEqualTo(1);
  }

  @Test
  void countsWhatIsForgedAndWhatContradictsItself() {
    taken.came(post("a", 1, 5), false);
    assertThat(taken.forged()).isEqualTo(1);
    take(post("b", 2, 5));
    taken.came(post("b", 2, 6), true);
    assertThat(taken.contradicted()).isEqualTo(1);
  }

  private void take(Post post) {
    taken.came(post, true);
    taken.take(post);
  }

  private static Post post(String id, int chat, long sequence) {
    String body =
        "{\"eventId\":\"%s\",\"sequence\":\"%d\",\"x\":{\"text\":{\"text\":\"chat %d\"}}}"
            .formatted(id, sequence, chat);
    return new Post("/", Map.of("webhook-id", id), body.getBytes(StandardCharsets.UTF_8));
  }
}
