package dev.switchboard.journal.log;

/** Makes of an entry's bytes what they say. */
@FunctionalInterface
public interface Decoder<T> {
  /**
   * What lies at a position.
   *
   * @param buffer whose first {@code length} bytes are the entry; it is used again afterwards
   */
  T decode(long position, byte[] buffer, int length);
}
