package dev.switchboard.testing;

import dev.switchboard.connector.Receipt;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.Request;
import dev.switchboard.model.message.SendOptions;
import java.time.Instant;
import java.util.List;

/** Journal entries to test with. */
public final class SampleEntries {
  private static final AccountKey ACCOUNT = Samples.ACCOUNT;
  private static final MessageId ID = new MessageId("3EB0C0FFEE");
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901234Z");
  private static final Peer BOTH =
      new Peer(new PhoneNumber("15550002000"), new Lid("123456789012345"));

  private SampleEntries() {}

  /** An acceptance by {@link Samples#ACCOUNT} of a plain text. */
  public static JournalEntry.Accepted accepted(String id) {
    return accepted(Samples.ACCOUNT, id, "text " + id);
  }

  public static JournalEntry.Accepted accepted(AccountKey account, String id, String body) {
    return new JournalEntry.Accepted(
        account,
        new MessageId(id),
        Samples.BOB,
        new MessageContent.Text(body),
        Samples.NOW,
        SendOptions.DEFAULT,
        null,
        0);
  }

  /** At least one of every type, with every field set in one of them and unset in another. */
  public static List<JournalEntry> everyType() {
    return List.of(
        accepted("3EB0A1"),
        full(),
        new JournalEntry.Accepted(
            ACCOUNT,
            ID,
            Peer.of(new Lid("98765")),
            new MessageContent.Unsupported("poll", new byte[] {1, 2, (byte) 0xFF}),
            Instant.EPOCH.minusSeconds(1),
            SendOptions.DEFAULT.withNotBefore(AT),
            null,
            1),
        attempted(),
        new JournalEntry.Attempted(ACCOUNT, ID, 2, false, AT, List.of()),
        new JournalEntry.Sent(ACCOUNT, ID, BOTH, AT),
        new JournalEntry.Failed(
            ACCOUNT, ID, new Failure(FailureCause.REACHOUT_TIMELOCK, "locked", AT), AT),
        new JournalEntry.Failed(ACCOUNT, ID, new Failure(FailureCause.OUTCOME_UNKNOWN, ""), AT),
        new JournalEntry.Cancelled(ACCOUNT, ID, AT),
        new JournalEntry.Rescheduled(ACCOUNT, ID, AT.plusSeconds(60), AT),
        new JournalEntry.Rescheduled(ACCOUNT, ID, null, AT),
        new JournalEntry.Progressed(
            ACCOUNT,
            new Receipt(BOTH, List.of(ID, new MessageId("OTHER")), MessageStatus.READ, AT)),
        new JournalEntry.Paused(ACCOUNT, AT),
        new JournalEntry.Resumed(ACCOUNT, AT),
        new JournalEntry.Linked(ACCOUNT, AT),
        new JournalEntry.Unlinked(ACCOUNT, new Failure(FailureCause.LOGGED_OUT, "unlinked"), AT),
        new JournalEntry.Forgotten(ACCOUNT),
        new JournalEntry.Carried(full(), 2, 5_000_000_000L),
        new JournalEntry.AccountCarried(ACCOUNT, true, null, new byte[] {9, 8, 7}),
        new JournalEntry.AccountCarried(
            ACCOUNT, false, new Failure(FailureCause.LOGGED_OUT, ""), new byte[0]));
  }

  private static JournalEntry.Accepted full() {
    return new JournalEntry.Accepted(
        ACCOUNT,
        ID,
        BOTH,
        new MessageContent.Text("Grüße, 世界 👋"),
        AT,
        new SendOptions(Priority.HIGH, AT, AT.plusSeconds(1), true, "bulk-7"),
        new Request("6f1c9c0e-0f6e-4e0f-8a55-0c1f5a9d2b11", new byte[] {4, 5, 6}),
        3);
  }

  private static JournalEntry.Attempted attempted() {
    return new JournalEntry.Attempted(
        ACCOUNT,
        ID,
        1,
        true,
        AT,
        List.of(
            new RecordChange.Put(
                new RecordKey(RecordKind.SESSION, "15550002000.0"), new byte[] {0, 1, 2}),
            new RecordChange.Remove(new RecordKey(RecordKind.PREKEY, "17"))));
  }
}
