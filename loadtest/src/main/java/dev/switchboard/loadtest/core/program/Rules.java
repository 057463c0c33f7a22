package dev.switchboard.loadtest.core.program;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.pacing.Familiarity;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everybody is known, nobody is locked, and each account has the policy that is chosen for it. */
record Rules(Function<AccountKey, PacingPolicy> policies) implements SendRules {
  @Override
  public PacingPolicy pacing(AccountKey account) {
    return policies.apply(account);
  }

  @Override
  public @Nullable ReachoutLock lock(AccountKey account) {
    return null;
  }

  @Override
  public Familiarity familiarity(AccountKey account, Peer person) {
    return Familiarity.KNOWN;
  }
}
