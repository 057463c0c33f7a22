package dev.switchboard.outbox.sender;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.pacing.Familiarity;

/** How well accounts know people, by what was ever written. */
public interface Familiarities {
  /** As far as storage knows; STORAGE_UNAVAILABLE when it is away. */
  Familiarity of(AccountKey account, Peer person);
}
