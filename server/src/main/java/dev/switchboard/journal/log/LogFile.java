package dev.switchboard.journal.log;

import java.time.Instant;

/**
 * A file of a log; it is deleted as a whole.
 *
 * @param begin no position in it is smaller, and no position in the files before it is as great
 * @param from nothing in it was appended before
 * @param to nothing in it was appended later, by the log's clock; but for one that was set back
 * @param bytes how much of it was written, up to its last entry
 */
public record LogFile(long begin, Instant from, Instant to, long bytes) {}
