package dev.switchboard.whatsapp.inbound;

import dev.switchboard.whatsapp.retry.RetryLimits;

/**
 * The bounds of receiving.
 *
 * @param retry of messages that a device cannot read, here or on the other side
 * @param activeReceipts whether the device says that somebody is there once it knows the owner's
 *     name, and tells deliveries as such; a passive device marks them {@code inactive}, as
 *     independent clients do
 */
public record ReceiveLimits(RetryLimits retry, boolean activeReceipts) {
  public static final ReceiveLimits DEFAULT = new ReceiveLimits(RetryLimits.DEFAULT, false);

  /** The same with other bounds of messages that cannot be read. */
  public ReceiveLimits withRetry(RetryLimits other) {
    return new ReceiveLimits(other, activeReceipts);
  }
}
