package dev.switchboard.webhook.storage;

import dev.switchboard.webhook.Delivery;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivery as it is kept.
 *
 * @param lanes what it shares with those that it must not overtake; never changed
 * @param recordedAt when its event was recorded
 * @param tries how many attempts were made since it last began
 * @param since when the first of those was made
 * @param held whether it waits until it is due even when the receiver is back
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
public record StoredDelivery(
    Delivery delivery,
    long[] lanes,
    Instant recordedAt,
    int tries,
    Optional<Instant> since,
    boolean held) {}
