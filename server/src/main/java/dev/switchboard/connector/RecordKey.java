package dev.switchboard.connector;

/**
 * Names one durable record of an account. The name is 1 to 200 characters, chosen by the engine.
 */
public record RecordKey(RecordKind kind, String name) {
  public RecordKey {
    if (name.isEmpty() || name.length() > 200) {
      throw new IllegalArgumentException("a record's name has 1 to 200 characters");
    }
  }
}
