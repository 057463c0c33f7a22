package dev.switchboard.instance.state;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.ReachoutLock;
import org.jspecify.annotations.Nullable;

/** Something happened to an instance. */
public sealed interface InstanceEvent {
  AccountKey account();

  /**
   * It was created, or changed its state or its settings.
   *
   * @param instance as it is after the change
   * @param previous the state before, or null when it was just created
   */
  record Changed(Instance instance, @Nullable InstanceState previous) implements InstanceEvent {
    @Override
    public AccountKey account() {
      return instance.key();
    }
  }

  /**
   * Its reach-out lock was set, got another end or was lifted.
   *
   * @param lock the lock that it is under now, or null
   */
  record ReachoutLockChanged(AccountKey account, @Nullable ReachoutLock lock)
      implements InstanceEvent {}

  /** It was deleted. */
  record Deleted(AccountKey account) implements InstanceEvent {}
}
