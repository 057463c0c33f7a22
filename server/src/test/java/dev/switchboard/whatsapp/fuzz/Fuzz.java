package dev.switchboard.whatsapp.fuzz;

import java.time.Duration;
import java.util.Random;

/** One run: so many inputs of one seed, each of which must be dealt with soon. */
public final class Fuzz {
  private static final long SEED = Long.getLong("switchboard.fuzz.seed", 20_261_121L);
  private static final Duration SLOWEST = Duration.ofSeconds(5);

  private final String what;
  private final int inputs;
  private final Random random = new Random(SEED);
  private int accepted;

  private Fuzz(String what, int inputs) {
    this.what = what;
    this.inputs = inputs;
  }

  /** A run of the default length, unless the whole process was told another. */
  public static Fuzz of(String what, int inputs) {
    return new Fuzz(what, Integer.getInteger("switchboard.fuzz.inputs", inputs));
  }

  /** Deals with one input; says whether it was taken for good. */
  public interface Subject {
    boolean take(Mutator mutator, int round) throws Exception;
  }

  /** Tries the subject; anything it throws fails the run and names the input. */
  public void run(Subject subject) {
    Mutator mutator = new Mutator(random);
    for (int round = 0; round < inputs; round++) {
      long began = System.nanoTime();
      try {
        accepted += subject.take(mutator, round) ? 1 : 0;
      } catch (Exception | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(what + ": input " + round + " of seed " + SEED, e);
      }
      if (System.nanoTime() - began > SLOWEST.toNanos()) {
        throw new AssertionError(what + ": input " + round + " of seed " + SEED + " was slow");
      }
    }
    System.out.printf("%s: %d inputs, %d of them accepted%n", what, inputs, accepted);
    if (inputs > 1_000 && (accepted == 0 || accepted == inputs)) {
      throw new AssertionError(what + ": a run that accepts all or nothing tries nothing");
    }
  }
}
