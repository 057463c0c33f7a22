package dev.switchboard.whatsapp.signal;

import com.github.auties00.libsignal.protocol.SignalMessage;
import com.github.auties00.libsignal.protocol.SignalPreKeyMessage;
import com.github.auties00.libsignal.ratchet.SignalMessageKey;
import com.github.auties00.libsignal.state.SignalSessionChain;
import com.github.auties00.libsignal.state.SignalSessionRecord;
import com.github.auties00.libsignal.state.SignalSessionRecordBuilder;
import com.github.auties00.libsignal.state.SignalSessionRecordSpec;
import com.github.auties00.libsignal.state.SignalSessionState;
import dev.switchboard.whatsapp.signal.SignalException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions with one device, the current one first, in libsignal's stored form.
 *
 * <p>libsignal would itself try archived sessions, but in the common pool, and without saying why
 * none fitted: so each is handed to it alone.
 */
final class SessionRecord {
  /**
   * Sessions kept behind the current one. A forged message costs an attempt per session, so fewer
   * than libsignal's 40.
   */
  static final int MAX_ARCHIVED = 9;

  /**
   * By how many later messages of its chain a message may be overtaken and still be read. Keys of
   * messages that are later than that are given up: the message is asked for again.
   */
  static final int MAX_OVERTAKEN = 1_000;

  /** How many keys of skipped messages a record holds over all its sessions and chains. */
  static final int MAX_SKIPPED_KEYS = 1_500;

  /** What a record's stored form stays below, whatever the peer skips. */
  static final int MAX_BYTES = 192 * 1024;

  private final List<SignalSessionState> states;

  private SessionRecord(Stream<SignalSessionState> states) {
    this.states = new ArrayList<>(states.limit(MAX_ARCHIVED + 1).toList());
  }

  static SessionRecord of(SignalSessionState state) {
    return new SessionRecord(Stream.of(state));
  }

  static SessionRecord decode(byte[] bytes) {
    SessionRecord record;
    try {
      SignalSessionRecord stored = SignalSessionRecordSpec.decode(bytes);
      record =
          new SessionRecord(
              Stream.concat(
                  Stream.of(stored.sessionState()), stored.previousSessionStates().stream()));
    } catch (RuntimeException | InternalError e) {
      throw new SignalException(Reason.DAMAGED_RECORD, "a session record", e);
    }
    if (!record.states.stream().allMatch(SessionRecord::isComplete)) {
      throw new SignalException(Reason.DAMAGED_RECORD, "an incomplete session record");
    }
    return record;
  }

  /** The stored form; what is too much of skipped messages' keys is given up. */
  byte[] encode() {
    prune();
    return SignalSessionRecordSpec.encode(
        new SignalSessionRecordBuilder()
            .sessionState(current())
            .previousStates(states.subList(1, states.size()))
            .build());
  }

  SignalSessionState current() {
    return states.getFirst();
  }

  int size() {
    return states.size();
  }

  OptionalInt remoteRegistrationId() {
    Integer id = current().remoteRegistrationId();
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** This record behind a newer session. */
  SessionRecord followedBy(SignalSessionState state) {
    return new SessionRecord(Stream.concat(Stream.of(state), states.stream()));
  }

  /**
   * The sessions of both; the other's first, unless the peer has answered on this one and not yet
   * on the other.
   */
  SessionRecord joined(SessionRecord other) {
    return isAnswered() && !other.isAnswered()
        ? new SessionRecord(Stream.concat(states.stream(), other.states.stream()))
        : new SessionRecord(Stream.concat(other.states.stream(), states.stream()));
  }

  private boolean isAnswered() {
    return current().pendingPreKey().isEmpty();
  }

  /** Whether the message belongs to a session that is here already. */
  boolean startedBy(SignalPreKeyMessage message) {
    return states.stream().anyMatch(state -> isStartOf(message, state));
  }

  /** Decrypts with the session the message belongs to, which becomes the current one. */
  byte[] decrypt(Ratchet ratchet, SignalMessage message) {
    return decrypt(ratchet, message, states);
  }

  /** Decrypts with the one session the message says it started. */
  byte[] decrypt(Ratchet ratchet, SignalPreKeyMessage message) {
    SignalSessionState state =
        states.stream().filter(each -> isStartOf(message, each)).findFirst().orElseThrow();
    if (!message.identityKey().equals(state.remoteIdentityPublic())) {
      throw new SignalException(
          Reason.UNTRUSTED_IDENTITY, "the session belongs to another identity");
    }
    return decrypt(ratchet, message.signalMessage(), List.of(state));
  }

  private byte[] decrypt(
      Ratchet ratchet, SignalMessage message, List<SignalSessionState> candidates) {
    SignalException failure = null;
    for (SignalSessionState state : List.copyOf(candidates)) {
      try {
        Ratchet.Decrypted decrypted = ratchet.decrypt(state, message);
        states.remove(state);
        states.addFirst(decrypted.state());
        return decrypted.plaintext();
      } catch (SignalException e) {
        failure = failure == null || failure.reason() == Reason.BAD_MAC ? e : failure;
      }
    }
    throw failure == null ? new SignalException(Reason.NO_SESSION, "an empty record") : failure;
  }

  /**
   * Keeps the keys of skipped messages within their bounds. Beyond the window of a chain keys go
   * one by one, and {@link Ratchet} tells them from used ones by their distance; beyond the bound
   * of the record chains and earlier sessions go as a whole, the oldest first, so that a message of
   * theirs fails as unreadable and is never taken for a duplicate.
   */
  private void prune() {
    int room = MAX_SKIPPED_KEYS;
    for (int place = 0; place < states.size(); place++) {
      SignalSessionState state = states.get(place);
      state.receiverChains().forEach(SessionRecord::forgetOvertaken);
      if (place > 0 && skipped(state.receiverChains()) > room) {
        states.subList(place, states.size()).clear();
        return;
      }
      room -= keepNewestChains(state, room);
    }
  }

  private static void forgetOvertaken(SignalSessionChain chain) {
    int oldest = chain.chainKey().index() - 1 - MAX_OVERTAKEN;
    List<SignalMessageKey> kept = new ArrayList<>(chain.messageKeys());
    if (kept.removeIf(key -> key.counter() < oldest)) {
      chain.setMessageKeys(kept);
    }
  }

  /** How many skipped keys stay; the newest chain, which is the last, stays in any case. */
  private static int keepNewestChains(SignalSessionState state, int room) {
    List<SignalSessionChain> chains = new ArrayList<>(state.receiverChains());
    while (chains.size() > 1 && skipped(chains) > room) {
      chains.removeFirst();
    }
    if (chains.size() < state.receiverChains().size()) {
      state.setReceiverChains(chains);
    }
    return skipped(chains);
  }

  private static int skipped(Collection<? extends SignalSessionChain> chains) {
    return chains.stream().mapToInt(chain -> chain.messageKeys().size()).sum();
  }

  private static boolean isComplete(@Nullable SignalSessionState state) {
    return state != null
        && state.remoteIdentityPublic() != null
        && state.localIdentityPublic() != null
        && state.rootKey() != null
        && state.senderChain().isPresent()
        && Stream.concat(state.senderChain().stream(), state.receiverChains().stream())
            .allMatch(SessionRecord::isComplete);
  }

  private static boolean isComplete(SignalSessionChain chain) {
    return chain.senderRatchetKey() != null
        && chain.chainKey() != null
        && chain.chainKey().index() >= 0
        && chain.chainKey().key() != null;
  }

  private static boolean isStartOf(SignalPreKeyMessage message, SignalSessionState state) {
    return Arrays.equals(message.baseKey().toSerialized(), state.baseKey());
  }
}
