package dev.switchboard.loadtest.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final int ANSWERED = 0;
  private static final int SILENT = 1;

  private final Ledger ledger = new Ledger(2, chat -> chat == ANSWERED);

  @Test
  void losesWhatWasAcceptedAndNoPhoneShows() {
    ledger.accepted(new Nonce(SILENT, 0));
    ledger.accepted(new Nonce(SILENT, 7));
    ledger.arrived(new Nonce(SILENT, 7));
    assertThat(ledger.lost()).isEqualTo(1);
    assertThat(ledger.count()).isEqualTo(2);
  }

  @Test
  void waitsForNothingThatWasRefused() {
    ledger.refused();
    ledger.arrived(new Nonce(SILENT, 0));
    assertThat(ledger.lost()).isZero();
    assertThat(ledger.refusals()).isEqualTo(1);
  }

  @Test
  void expectsAnswersOfThoseWhoAnswerOnly() {
    ledger.arrived(new Nonce(ANSWERED, 0));
    ledger.arrived(new Nonce(SILENT, 0));
    assertThat(ledger.untold()).isEqualTo(1);
    ledger.told(new Nonce(ANSWERED, 0));
    assertThat(ledger.untold()).isZero();
  }

  @Test
  void countsEachFurtherCopyAsDoubled() {
    ledger.arrived(new Nonce(SILENT, 0));
    ledger.arrived(new Nonce(SILENT, 0));
    ledger.told(new Nonce(ANSWERED, 3));
    ledger.told(new Nonce(ANSWERED, 3));
    ledger.told(new Nonce(ANSWERED, 3));
    assertThat(ledger.doubles()).isEqualTo(3);
  }

  @Test
  void missesAnswersThatAreNotStored() {
    ledger.arrived(new Nonce(ANSWERED, 0));
    ledger.arrived(new Nonce(ANSWERED, 1));
    BitSet[] stored = ledger.newFindings();
    stored[ANSWERED].set(1);
    assertThat(ledger.unanswered(stored)).isEqualTo(1);
  }

  @Test
  void knowsANonceByItsTextAndNothingElse() {
    assertThat(Nonce.in(new Nonce(12, 345).text())).contains(new Nonce(12, 345));
    assertThat(Nonce.in("hello")).isEmpty();
    assertThat(Nonce.in("soak 1/2 and more")).isEmpty();
  }
}
