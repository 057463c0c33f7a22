package dev.switchboard.outbox.sender;

import dev.switchboard.journal.Journal;
import java.time.InstantSource;

/** What every sender works with. */
record SenderParts(Journal journal, SendRules rules, SendPolicy policy, InstantSource clock) {}
