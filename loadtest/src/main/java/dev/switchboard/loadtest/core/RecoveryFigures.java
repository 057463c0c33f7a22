package dev.switchboard.loadtest.core;

/**
 * What the run measured.
 *
 * @param filled of the program that wrote the journal
 * @param recovered of the program that started with it
 * @param idle of the program with idle senders
 */
record RecoveryFigures(
    long entries,
    int accounts,
    int perRecipient,
    int senders,
    Figures filled,
    Figures recovered,
    Figures idle) {
  private static final double MEGABYTE = 1 << 20;
  private static final double MILLION = 1_000_000;

  /** From the start of the JVM until every account has handed a message to its engine. */
  double seconds() {
    return recovered.one("all_s");
  }

  /** Live heap of a program with the waiting messages, beyond that of one without messages. */
  double heapOfMessages() {
    return (recovered.memory("waiting").liveBytes() - idle.memory("without").liveBytes())
        / MEGABYTE;
  }

  double heapPerMillion() {
    return heapOfMessages() * MILLION / recovered.one("waiting");
  }

  /** Live heap of senders that have sent something and have nothing to do. */
  double idleHeap() {
    return idle.heapBetween("without", "sent");
  }
}
