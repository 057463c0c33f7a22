package dev.switchboard.outbox;

/**
 * How much may wait.
 *
 * @param queue how many open messages one account may have
 * @param total how many all accounts may have together
 * @param requests how many request ids are remembered at once
 * @param waits how many calls may wait for their message at once
 */
public record OutboxLimits(int queue, long total, int requests, int waits) {}
