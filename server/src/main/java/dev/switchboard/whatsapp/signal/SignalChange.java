package dev.switchboard.whatsapp.signal;

/** What has to become durable of one record; at most one change per key leaves a unit. */
public sealed interface SignalChange {
  SignalRecordKey key();

  /** The record's new content: whole, compact, secret. */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  record Put(SignalRecordKey key, byte[] value) implements SignalChange {
    /** Without the content: records hold private keys. */
    @Override
    public String toString() {
      return "Put[kind=" + key.kind() + ", bytes=" + value.length + "]";
    }
  }

  /** The record is gone; removing what is not there is no error. */
  record Remove(SignalRecordKey key) implements SignalChange {
    /** Without the name: it holds a peer's address. */
    @Override
    public String toString() {
      return "Remove[kind=" + key.kind() + "]";
    }
  }
}
