package dev.switchboard.connector;

/** One change of an account's durable records. */
public sealed interface RecordChange {
  RecordKey key();

  /** Writes a record, in place of the one under the same key. */
  @SuppressWarnings("ArrayRecordComponent") // Handed through to the store and never compared.
  record Put(RecordKey key, byte[] value) implements RecordChange {}

  /** Removes a record; nothing happens when there is none. */
  record Remove(RecordKey key) implements RecordChange {}
}
