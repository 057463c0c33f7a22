package dev.switchboard.instance.account;

import dev.switchboard.instance.reconnect.ReconnectPolicy;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what must not be lost: again and again while storage is away. */
final class Persistence {
  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

  /** How often a step is done that fails by a defect, which waiting does not mend. */
  private static final int TRIES_OF_DEFECT = 3;

  /** From here on the wait grows no more, so that a state is stored soon after storage is back. */
  private static final int MOST_FAILURES_COUNTED = 5;

  /** A step that may be done again from its start. */
  interface Step {
    void run() throws InterruptedException;
  }

  private final AccountKey account;
  private final ReconnectPolicy policy;
  private final RandomGenerator random;

  Persistence(AccountKey account, ReconnectPolicy policy, RandomGenerator random) {
    this.account = account;
    this.policy = policy;
    this.random = random;
  }

  /** Does the step until it is done, or is known to be a defect. */
  void insist(Step step) throws InterruptedException {
    int defects = 0;
    for (int failures = 1; defects < TRIES_OF_DEFECT; failures++) {
      try {
        step.run();
        return;
      } catch (GatewayException e) {
        LOG.warn("{}: cannot store its state for now: {}", account, e.getMessage());
        defects += away(e) ? 0 : 1;
      } catch (RuntimeException e) {
        LOG.error("{}: its state cannot be stored by a defect of the gateway", account, e);
        defects++;
      }
      Thread.sleep(policy.delay(Math.min(failures, MOST_FAILURES_COUNTED), random));
    }
  }

  private static boolean away(GatewayException e) {
    return e.reason() == Reason.STORAGE_UNAVAILABLE || e.reason() == Reason.JOURNAL_UNAVAILABLE;
  }
}
