package dev.switchboard.loadtest.soak;

import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What was accepted, what came to phones, and what came back: a few bits for each message. */
final class Ledger {
  private final BitSet[] accepted;
  private final BitSet[] arrived;
  private final BitSet[] told;
  private final IntPredicate answered;
  private long count;
  private long refused;
  private long doubled;

  /**
   * @param chats how many there are
   * @param answered whether the person of a chat answers each text with the same text
   */
  Ledger(int chats, IntPredicate answered) {
    this.accepted = empty(chats);
    this.arrived = empty(chats);
    this.told = empty(chats);
    this.answered = answered;
  }

  private static BitSet[] empty(int chats) {
    return IntStream.range(0, chats).mapToObj(chat -> new BitSet()).toArray(BitSet[]::new);
  }

  /** The server answered a call. */
  synchronized void accepted(Nonce nonce) {
    accepted[nonce.chat()].set(nonce.place());
    count++;
  }

  /** A call failed: whether its message goes out is not known, and nobody waits for it. */
  synchronized void refused() {
    refused++;
  }

  /** A phone shows a message, for the first time by its id. */
  synchronized void arrived(Nonce nonce) {
    doubled += seen(arrived, nonce);
  }

  /** The server told of an answer. */
  synchronized void told(Nonce nonce) {
    doubled += seen(told, nonce);
  }

  /** One more copy than there may be, found elsewhere. */
  synchronized void doubled() {
    doubled++;
  }

  private static int seen(BitSet[] all, Nonce nonce) {
    if (nonce.chat() >= all.length) {
      return 0;
    }
    boolean again = all[nonce.chat()].get(nonce.place());
    all[nonce.chat()].set(nonce.place());
    return again ? 1 : 0;
  }

  synchronized long count() {
    return count;
  }

  synchronized long refusals() {
    return refused;
  }

  synchronized long doubles() {
    return doubled;
  }

  /** Accepted messages that no phone shows. */
  synchronized long lost() {
    return missing(accepted, arrived, chat -> true);
  }

  /** Answers of phones that the server did not tell of. */
  synchronized long untold() {
    return missing(arrived, told, answered);
  }

  /** Answers of phones that are not among those that were found. */
  synchronized long unanswered(BitSet[] found) {
    return missing(arrived, found, answered);
  }

  /** Bits for what is found in one more place. */
  BitSet[] newFindings() {
    return empty(accepted.length);
  }

  private static long missing(BitSet[] expected, BitSet[] found, IntPredicate chats) {
    long missing = 0;
    for (int chat = 0; chat < expected.length; chat++) {
      if (chats.test(chat)) {
        BitSet left = (BitSet) expected[chat].clone();
        left.andNot(found[chat]);
        missing += left.cardinality();
      }
    }
    return missing;
  }
}
