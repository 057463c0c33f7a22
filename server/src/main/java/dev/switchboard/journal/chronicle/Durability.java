package dev.switchboard.journal.chronicle;

/** What an entry must have survived before its append returns. */
public enum Durability {
  /** The loss of power: it is on the device. */
  FSYNC,
  /** The end of the process: it is in the system's memory, and on the device some seconds later. */
  ASYNC
}
