package dev.switchboard.journal;

/**
 * How a journal is doing.
 *
 * @param appended entries since it was opened
 * @param flushes flushes of the device since it was opened
 * @param bytes what its files take on the disk
 * @param files how many there are
 * @param writable whether it takes entries at the moment; false below the free-space watermark
 */
public record JournalStatus(long appended, long flushes, long bytes, int files, boolean writable) {}
