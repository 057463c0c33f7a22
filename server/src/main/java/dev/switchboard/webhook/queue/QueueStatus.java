package dev.switchboard.webhook.queue;

import dev.switchboard.webhook.WebhookStatistics.Latency;
import java.time.Instant;
import java.util.Optional;

/**
 * How a webhook does by now.
 *
 * @param waiting how many deliveries are open
 * @param oldest when the event of the oldest was recorded
 * @param failures how many attempts in a row did not get through
 * @param probeAt when the receiver is tried again, if it is thought to be away
 */
public record QueueStatus(
    int waiting,
    Optional<Instant> oldest,
    int inFlight,
    Optional<Latency> latency,
    int failures,
    Optional<Instant> probeAt) {}
