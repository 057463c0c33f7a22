package dev.switchboard.whatsapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.ManualClock;
import dev.switchboard.whatsapp.ScriptedServer;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ManualClock clock = new ManualClock();
  private final List<Optional<Node>> taken = new ArrayList<>();

  private Questions questions(ScriptedServer server) {
    return new Questions(server.stream(clock), clock);
  }

  @Test
  void takesTheRepliesOfAllQuestionsThatOneLeadsTo() throws Exception {
    Questions questions = questions(new ScriptedServer(_ -> ScriptedServer.result()));
    questions.ask(
        "get",
        "first",
        Node.of("x"),
        PATIENCE,
        _ -> questions.ask("get", "second", Node.of("x"), PATIENCE, taken::add));

    questions.settle(Duration.ofSeconds(1));

    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst()).isPresent();
    assertThat(questions.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void givesUpWhatStaysUnanswered() throws Exception {
    Questions questions = questions(new ScriptedServer(_ -> Optional.empty()));
    questions.ask("get", "first", Node.of("x"), PATIENCE, taken::add);

    assertThat(questions.deadline()).isEqualTo(clock.instant().plus(PATIENCE));
    questions.tick(clock.instant());
    assertThat(taken).isEmpty();
    clock.advance(PATIENCE);
    questions.tick(clock.instant());

    assertThat(taken).containsExactly(Optional.empty());
  }

  @Test
  void hasNoMoreThanSoManyOpen() throws Exception {
    Questions questions = questions(new ScriptedServer(_ -> Optional.empty()));
    for (int count = 0; count < Questions.MOST_OPEN; count++) {
      questions.ask("get", "x", Node.of("x"), PATIENCE, _ -> {});
    }

    questions.ask("get", "one too many", Node.of("x"), PATIENCE, taken::add);

    assertThat(taken).containsExactly(Optional.empty());
  }
}
