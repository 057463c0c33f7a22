package dev.switchboard.journal.chronicle;

import java.nio.file.Path;

/**
 * How a journal is kept.
 *
 * @param directory holds this journal and nothing else
 * @param roll how long a file is written to; counts when the journal is made, and stays
 * @param longestEntry the most bytes that an entry may take
 * @param mostWaiting how many entries may wait for the writer; more are refused
 * @param reservedBytes what stays free on the disk: below, entries are refused
 */
public record ChronicleConfig(
    Path directory,
    Durability durability,
    Roll roll,
    int longestEntry,
    int mostWaiting,
    long reservedBytes) {
  private static final int LONGEST_ENTRY = 16 << 20;

  public ChronicleConfig {
    if (longestEntry < 1 || longestEntry > LONGEST_ENTRY) {
      throw new IllegalArgumentException("an entry takes 1 to " + LONGEST_ENTRY + " bytes");
    }
    if (mostWaiting < 1 || reservedBytes < 0) {
      throw new IllegalArgumentException("a bound of the journal is out of range");
    }
  }

  /** With the defaults of reference.conf. */
  public static ChronicleConfig in(Path directory) {
    return new ChronicleConfig(directory, Durability.FSYNC, Roll.HOUR, 8 << 20, 10_000, 256L << 20);
  }

  public ChronicleConfig withDurability(Durability other) {
    return new ChronicleConfig(directory, other, roll, longestEntry, mostWaiting, reservedBytes);
  }
}
