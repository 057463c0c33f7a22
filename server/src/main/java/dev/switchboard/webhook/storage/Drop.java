package dev.switchboard.webhook.storage;

import dev.switchboard.model.AccountKey;

/**
 * Events of an instance that a webhook will not get, since the log keeps them no more.
 *
 * @param first the sequence of the first of them
 * @param last the sequence of the last of them
 */
public record Drop(AccountKey account, long count, long first, long last) {
  /** One event. */
  public static Drop of(AccountKey account, long sequence) {
    return new Drop(account, 1, sequence, sequence);
  }

  /** Both together. */
  public Drop and(Drop other) {
    return new Drop(
        account, count + other.count, Math.min(first, other.first), Math.max(last, other.last));
  }
}
