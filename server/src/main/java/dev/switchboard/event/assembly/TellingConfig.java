package dev.switchboard.event.assembly;

import dev.switchboard.event.log.Retention;
import dev.switchboard.event.reading.ReadingLimits;
import dev.switchboard.event.writing.WritingLimits;

/** How events are written, read and kept. */
public record TellingConfig(
    WritingLimits writing, ReadingLimits reading, Retention.Policy retention) {}
