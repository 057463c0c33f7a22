package dev.switchboard.randomised;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endtoend.Stage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * After a run in which connections break, servers restart, messages arrive damaged and devices come
 * and go, every text that was accepted has been decrypted by its recipient once, and shown on the
 * sender's own phone, or has FAILED with a cause.
 *
 * <p>Seed and length decide the steps, and the digest is one of the steps: so a run can be had
 * again. They do not decide the timing, and with it not which stanza meets a fault or a
 * connection's end: a loss that hangs on it may take many runs, of this seed and others, to be seen
 * again.
 *
 * <p>Longer runs: {@code -Drandomised.steps=3000 -Drandomised.seed=7}.
 */
@Execution(ExecutionMode.CONCURRENT)
class RandomisedRunIT {
  private static final int STEPS = Integer.getInteger("randomised.steps", 180);
  private static final long SEED = Long.getLong("randomised.seed", 20_261_121L);

  @TempDir private Path folder;

  @Test
  @Timeout(3_600)
  void losesAndDoublesNothing() throws InterruptedException {
    List<Step> steps = Script.of(SEED, STEPS);
    try (Stage stage = new Stage(folder, SEED, Haste.SETTINGS)) {
      Run run = new Run(stage);
      run.open();
      run.carryOut(steps);
      System.out.printf(
          "randomised run: seed %d, %d steps, %d accepted (%d failed), %d typed, digest %s%n",
          SEED,
          steps.size(),
          run.ledger().accepted().size(),
          run.failed(),
          run.ledger().typed().size(),
          run.log().digest());
    }
  }

  @Test
  void theSameSeedGivesTheSameSteps() {
    assertThat(Script.of(7, 2_000)).isEqualTo(Script.of(7, 2_000));
    assertThat(Script.of(7, 2_000)).isNotEqualTo(Script.of(8, 2_000));
  }
}
