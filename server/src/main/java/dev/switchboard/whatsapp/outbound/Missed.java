package dev.switchboard.whatsapp.outbound;

import dev.switchboard.connector.SendOutcome;
import java.util.concurrent.CompletableFuture;

/**
 * A message that the server took although it knows other devices than the sender.
 *
 * @param serverHash the server's word for the devices it knows
 * @param taken the outcome, once the devices that were missed have it too
 */
record Missed(
    Written written,
    String serverHash,
    SendOutcome.Sent taken,
    CompletableFuture<SendOutcome> result) {}
