package dev.switchboard.journal;

/** An entry and where it lies. */
public record Positioned(long position, JournalEntry entry) {}
