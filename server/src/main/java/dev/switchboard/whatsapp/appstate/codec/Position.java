package dev.switchboard.whatsapp.appstate.codec;

/** How far a collection is known: its version, and the hash of all records in it. */
public record Position(long version, LtHash hash) {
  /** Nothing is known. */
  public static Position start() {
    return new Position(0, LtHash.empty());
  }
}
