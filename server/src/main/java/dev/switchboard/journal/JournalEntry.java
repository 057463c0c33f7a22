package dev.switchboard.journal;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.Request;
import dev.switchboard.model.message.SendOptions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to an account's outbound messages. */
public sealed interface JournalEntry {
  AccountKey account();

  /**
   * A message is to be sent.
   *
   * @param request under which the caller asked for it, or null
   * @param requeues how often it was given another chance after it had failed
   */
  record Accepted(
      AccountKey account,
      MessageId id,
      Peer to,
      MessageContent content,
      Instant at,
      SendOptions options,
      @Nullable Request request,
      int requeues)
      implements JournalEntry {}

  /**
   * A message is about to be written to the network, and the ratchets were advanced for it: one
   * entry, so that neither is known without the other.
   *
   * @param attempt 1 for the first time
   * @param firstContact whether the account never exchanged a message with the recipient before
   */
  record Attempted(
      AccountKey account,
      MessageId id,
      int attempt,
      boolean firstContact,
      Instant at,
      List<RecordChange> changes)
      implements JournalEntry {
    public Attempted {
      changes = List.copyOf(changes);
    }
  }

  /**
   * The network acknowledged a message.
   *
   * @param to the recipient under every name that is known by now
   */
  record Sent(AccountKey account, MessageId id, Peer to, Instant at) implements JournalEntry {}

  /** A message will not be sent. */
  record Failed(AccountKey account, MessageId id, Failure failure, Instant at)
      implements JournalEntry {}

  /** The caller took a message back before it was written to the network. */
  record Cancelled(AccountKey account, MessageId id, Instant at) implements JournalEntry {}

  /** The caller chose another time for a message; null: as soon as pacing allows. */
  record Rescheduled(AccountKey account, MessageId id, @Nullable Instant notBefore, Instant at)
      implements JournalEntry {}

  /** The other side's word on messages that were sent. */
  record Progressed(AccountKey account, Receipt receipt) implements JournalEntry {}

  /** The caller stopped the account's queue; what is on its way is settled. */
  record Paused(AccountKey account, Instant at) implements JournalEntry {}

  /** The caller let the account's queue go on. */
  record Resumed(AccountKey account, Instant at) implements JournalEntry {}

  /** The account was linked: it takes messages from here on. */
  record Linked(AccountKey account, Instant at) implements JournalEntry {}

  /**
   * The account was unlinked: what waits fails, and so does what is accepted until it is linked.
   */
  record Unlinked(AccountKey account, Failure failure, Instant at) implements JournalEntry {}

  /** The instance was deleted; another of the same name may follow. */
  record Forgotten(AccountKey account) implements JournalEntry {}

  /**
   * A message that is still open, said again so that the file of its acceptance may be deleted.
   *
   * @param accepted as it is by now: rescheduled, for example
   * @param attempts how often it was written to the network
   * @param order the position at which it was accepted, by which it keeps its place
   */
  record Carried(Accepted accepted, int attempts, long order) implements JournalEntry {
    @Override
    public AccountKey account() {
      return accepted.account();
    }
  }

  /**
   * What is to be known of an account beside its messages, said again for the same reason.
   *
   * @param unlinked why it takes no messages, or null
   * @param pacing what pacing has counted, in its own encoding; may be empty
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
  record AccountCarried(
      AccountKey account, boolean paused, @Nullable Failure unlinked, byte[] pacing)
      implements JournalEntry {}
}
