package dev.switchboard.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.loadtest.crash.Verdict.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private final Answers answers = new Answers();

  @Test
  void holdsWhenAllCameOnceAndInOrder() {
    accepted(0, "a");
    accepted(1, "b");
    Verdict verdict = Verdict.of(answers, List.of(seen(1, "b", 8), seen(0, "a", 5)));
    assertThat(verdict).isEqualTo(new Verdict(2, 0, 0, 0, 0, 0));
    assertThat(verdict.holds()).isTrue();
  }

  @Test
  void missesWhatWasAcceptedAndDidNotCome() {
    accepted(0, "a");
    accepted(1, "b");
    assertThat(Verdict.of(answers, List.of(seen(1, "b", 1))).lost()).isEqualTo(1);
  }

  @Test
  void countsAnotherIdOfOneNonceAsDoubled() {
    accepted(0, "a");
    assertThat(Verdict.of(answers, List.of(seen(0, "a", 1), seen(0, "b", 2))).doubled())
        .isEqualTo(1);
    assertThat(Verdict.of(answers, List.of(seen(0, "b", 1))).doubled()).isEqualTo(1);
  }

  @Test
  void countsAnotherAnswerToARepeatAsDoubled() {
    accepted(0, "a");
    accepted(0, "b");
    assertThat(Verdict.of(answers, List.of(seen(0, "a", 1))).doubled()).isEqualTo(1);
  }

  @Test
  void countsWhatCameAfterALaterOneOfItsChatOnly() {
    accepted(0, "a");
    accepted(1, "b");
    answers.accepted(new Nonce(7, 0), "c");
    Seen other = new Seen(new Nonce(7, 0), "c", 3, 0);
    assertThat(Verdict.of(answers, List.of(seen(1, "b", 1), seen(0, "a", 2), other)).reordered())
        .isEqualTo(1);
  }

  @Test
  void allowsCopiesAfterAKillOnly() {
    accepted(0, "a");
    answers.newLife();
    answers.sent("a");
    accepted(1, "b");
    answers.sent("b");
    Seen first = new Seen(new Nonce(0, 0), "a", 1, 2);
    Seen second = new Seen(new Nonce(0, 1), "b", 2, 1);
    assertThat(Verdict.of(answers, List.of(first, seen(1, "b", 2))).holds()).isTrue();
    Verdict broken = Verdict.of(answers, List.of(first, second));
    assertThat(broken.resent()).isEqualTo(3);
    assertThat(broken.resentNeedlessly()).isEqualTo(1);
    assertThat(broken.holds()).isFalse();
  }

  private void accepted(int place, String id) {
    answers.accepted(new Nonce(0, place), id);
  }

  private static Seen seen(int place, String id, long sequence) {
    return new Seen(new Nonce(0, place), id, sequence, 0);
  }
}
