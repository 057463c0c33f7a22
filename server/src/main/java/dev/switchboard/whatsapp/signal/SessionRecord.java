package dev.switchboard.whatsapp.signal;

import com.github.auties00.libsignal.protocol.SignalMessage;
import com.github.auties00.libsignal.protocol.SignalPreKeyMessage;
import com.github.auties00.libsignal.state.SignalSessionRecord;
import com.github.auties00.libsignal.state.SignalSessionRecordBuilder;
import com.github.auties00.libsignal.state.SignalSessionRecordSpec;
import com.github.auties00.libsignal.state.SignalSessionState;
import dev.switchboard.whatsapp.signal.SignalException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
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

  byte[] encode() {
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

  /** This record's sessions behind another's. */
  SessionRecord joinedBehind(SessionRecord other) {
    return new SessionRecord(Stream.concat(other.states.stream(), states.stream()));
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

  private static boolean isComplete(@Nullable SignalSessionState state) {
    return state != null
        && state.remoteIdentityPublic() != null
        && state.localIdentityPublic() != null
        && state.rootKey() != null
        && state.senderChain().isPresent()
        && Stream.concat(state.senderChain().stream(), state.receiverChains().stream())
            .allMatch(chain -> chain.senderRatchetKey() != null && chain.chainKey() != null);
  }

  private static boolean isStartOf(SignalPreKeyMessage message, SignalSessionState state) {
    return Arrays.equals(message.baseKey().toSerialized(), state.baseKey());
  }
}
