package dev.switchboard.outbox.sender;

import dev.switchboard.journal.Journal;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * What every sender works with.
 *
 * @param over whether the time is over in which outcomes can be noted: the process ends
 */
record SenderParts(
    Journal journal,
    SendRules rules,
    SendPolicy policy,
    InstantSource clock,
    BooleanSupplier over) {}
