package dev.switchboard.whatsapp.appstate;

import dev.switchboard.whatsapp.appstate.codec.Position;

/**
 * What is known of a collection.
 *
 * @param generation of the records that count
 * @param entries how many there are
 * @param trouble why it is not followed any more, if it is not
 */
record CollectionState(Position position, int generation, int entries, Trouble trouble) {
  static CollectionState unknown() {
    return new CollectionState(Position.start(), 0, 0, Trouble.NONE);
  }

  /** The state to read everything anew from; what counts today counts until that is complete. */
  CollectionState anew() {
    return new CollectionState(Position.start(), generation + 1, 0, Trouble.NONE);
  }

  CollectionState with(Trouble other) {
    return new CollectionState(position, generation, entries, other);
  }

  long version() {
    return position.version();
  }
}
