package dev.switchboard.journal.codec;

import dev.switchboard.connector.Receipt;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What of an entry is sealed: everything but its type, account and message id. */
final class PrivatePart {
  private PrivatePart() {}

  static void write(Output output, JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Accepted accepted -> accepted(output, accepted);
      case JournalEntry.Attempted attempted -> attempted(output, attempted);
      case JournalEntry.Sent sent -> {
        Fields.peer(output, sent.to());
        Fields.time(output, sent.at());
      }
      case JournalEntry.Failed failed -> {
        Fields.failure(output, failed.failure());
        Fields.time(output, failed.at());
      }
      case JournalEntry.Cancelled(_, _, Instant at) -> Fields.time(output, at);
      case JournalEntry.Rescheduled(_, _, Instant notBefore, Instant at) -> {
        Fields.optional(output, notBefore, Fields::time);
        Fields.time(output, at);
      }
      case JournalEntry.Progressed(_, Receipt receipt) -> receipt(output, receipt);
      case JournalEntry.Paused(_, Instant at) -> Fields.time(output, at);
      case JournalEntry.Resumed(_, Instant at) -> Fields.time(output, at);
      case JournalEntry.Linked(_, Instant at) -> Fields.time(output, at);
      case JournalEntry.Unlinked unlinked -> {
        Fields.failure(output, unlinked.failure());
        Fields.time(output, unlinked.at());
      }
      case JournalEntry.Forgotten _ -> {}
      case JournalEntry.Carried(JournalEntry.Accepted accepted, int attempts, long order) -> {
        accepted(output, accepted);
        output.number(attempts);
        output.number(order);
      }
      case JournalEntry.AccountCarried carried -> accountCarried(output, carried);
    }
  }

  /**
   * Reads it back.
   *
   * @param id the message that the entry is about, or null
   */
  static JournalEntry read(
      Input input, EntryType type, AccountKey account, @Nullable MessageId id) {
    return switch (type) {
      case ACCEPTED -> accepted(input, account, needed(id));
      case ATTEMPTED ->
          new JournalEntry.Attempted(
              account,
              needed(id),
              input.smallNumber(),
              input.flag(),
              Fields.time(input),
              Fields.changes(input));
      case SENT ->
          new JournalEntry.Sent(account, needed(id), Fields.peer(input), Fields.time(input));
      case FAILED ->
          new JournalEntry.Failed(account, needed(id), Fields.failure(input), Fields.time(input));
      case CANCELLED -> new JournalEntry.Cancelled(account, needed(id), Fields.time(input));
      case RESCHEDULED ->
          new JournalEntry.Rescheduled(
              account, needed(id), Fields.optional(input, Fields::time), Fields.time(input));
      case PROGRESSED -> new JournalEntry.Progressed(account, receipt(input));
      case PAUSED -> new JournalEntry.Paused(account, Fields.time(input));
      case RESUMED -> new JournalEntry.Resumed(account, Fields.time(input));
      case LINKED -> new JournalEntry.Linked(account, Fields.time(input));
      case UNLINKED ->
          new JournalEntry.Unlinked(account, Fields.failure(input), Fields.time(input));
      case FORGOTTEN -> new JournalEntry.Forgotten(account);
      case CARRIED ->
          new JournalEntry.Carried(
              accepted(input, account, needed(id)), input.smallNumber(), input.number());
      case ACCOUNT_CARRIED ->
          new JournalEntry.AccountCarried(
              account, input.flag(), Fields.optional(input, Fields::failure), input.blob());
    };
  }

  private static void accepted(Output output, JournalEntry.Accepted accepted) {
    Fields.peer(output, accepted.to());
    ContentFields.write(output, accepted.content());
    Fields.time(output, accepted.at());
    Fields.options(output, accepted.options());
    Fields.optional(output, accepted.request(), Fields::request);
    output.number(accepted.requeues());
  }

  private static JournalEntry.Accepted accepted(Input input, AccountKey account, MessageId id) {
    return new JournalEntry.Accepted(
        account,
        id,
        Fields.peer(input),
        ContentFields.read(input),
        Fields.time(input),
        Fields.options(input),
        Fields.optional(input, Fields::request),
        input.smallNumber());
  }

  private static void attempted(Output output, JournalEntry.Attempted attempted) {
    output.number(attempted.attempt());
    output.flag(attempted.firstContact());
    Fields.time(output, attempted.at());
    Fields.changes(output, attempted.changes());
  }

  private static void receipt(Output output, Receipt receipt) {
    Fields.peer(output, receipt.chat());
    Fields.ids(output, receipt.ids());
    Codes.STATUS.write(output, receipt.status());
    Fields.time(output, receipt.at());
  }

  private static Receipt receipt(Input input) {
    return new Receipt(
        Fields.peer(input), Fields.ids(input), Codes.STATUS.read(input), Fields.time(input));
  }

  private static void accountCarried(Output output, JournalEntry.AccountCarried carried) {
    output.flag(carried.paused());
    Fields.optional(output, carried.unlinked(), Fields::failure);
    output.blob(carried.pacing());
  }

  private static MessageId needed(@Nullable MessageId id) {
    if (id == null) {
      throw new UnreadableEntryException("it names no message");
    }
    return id;
  }
}
