package dev.switchboard.outbox.carry;

import static dev.switchboard.testing.Samples.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.journal.chronicle.ChronicleConfig;
import dev.switchboard.journal.chronicle.ChronicleJournal;
import dev.switchboard.journal.chronicle.Durability;
import dev.switchboard.journal.chronicle.Roll;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.outbox.Backlog;
import dev.switchboard.outbox.Order;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.outbox.assembly.SendingConfig;
import dev.switchboard.outbox.queue.AccountQueue;
import dev.switchboard.outbox.queue.OpenMessage;
import dev.switchboard.outbox.sender.SendPolicy;
import dev.switchboard.outbox.sender.SendRules;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.testing.InMemoryMessages;
import dev.switchboard.testing.ManualClock;
import dev.switchboard.testing.NamedSeal;
import dev.switchboard.testing.Samples;
import dev.switchboard.testing.SendingBench;
import dev.switchboard.testing.WatchedJournal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All of sending over a journal in files, a minute each, that may be opened again. */
final class SendingOnFiles implements SendRules {
  private static final SendPolicy POLICY =
      new SendPolicy(SendingBench.POLICY.retryDelays(), 3, 4, Duration.ofMillis(5));

  final ManualClock clock = new ManualClock();
  private final Path folder;
  private final Duration patience;
  private ChronicleJournal journal;
  private Sending sending;

  /** How fast accounts may send. */
  volatile PacingPolicy pacing = PacingPolicy.NONE;

  /** What storage says of everybody. */
  volatile Familiarity familiarity = Familiarity.KNOWN;

  /** What happens before sending appends an entry. */
  volatile Consumer<JournalEntry> before = _ -> {};

  /** What happens when an entry was applied, before the next one is. */
  volatile Consumer<JournalEntry> applied = _ -> {};

  /**
   * Opens a journal in a folder that has none.
   *
   * @param patience how long messages are waited for that are on their way
   */
  SendingOnFiles(Path folder, Duration patience) throws InterruptedException {
    this.folder = folder;
    this.patience = patience;
    journal = openJournal();
    sending = openSending();
  }

  private ChronicleJournal openJournal() {
    ChronicleConfig config =
        new ChronicleConfig(
            folder.resolve("journal"), Durability.FSYNC, Roll.MINUTE, 64 << 10, 1_000, 0);
    return ChronicleJournal.open(config, new NamedSeal(), clock);
  }

  private Sending openSending() throws InterruptedException {
    InMemoryMessages messages = new InMemoryMessages();
    return new Sending(
        new SendingConfig(
            POLICY, SendingBench.LIMITS, new CarryPolicy(1, Duration.ofHours(1), patience)),
        new WatchedJournal(journal, entry -> before.accept(entry)),
        new Sending.Stored(
            new NeverBehind(),
            journal::end,
            journal::append,
            List.of(messages, (_, entry, _, _) -> applied.accept(entry)),
            messages,
            (_, _, _) -> {},
            this),
        clock,
        new SecureRandom());
  }

  /** The process ends and starts again. */
  void restart() throws InterruptedException {
    close();
    journal = openJournal();
    sending = openSending();
  }

  ChronicleJournal journal() {
    return journal;
  }

  Sending sending() {
    return sending;
  }

  AccountQueue queue() {
    return sending.ledger().of(ACCOUNT);
  }

  long files() {
    return journal.status().files();
  }

  MessageId accept(Peer to, String text) throws InterruptedException {
    return accept(to, text, null);
  }

  MessageId accept(Peer to, String text, @Nullable Instant notBefore) throws InterruptedException {
    SendOptions options = SendOptions.DEFAULT.withNotBefore(notBefore);
    Order order = new Order(to, MessageContent.Text.outbound(text), options, null);
    MessageId id =
        sending
            .outbox()
            .accept(Samples.linked(ACCOUNT, InstanceState.DISCONNECTED, true), order)
            .id();
    awaitApplied(journal.end() - 1);
    return id;
  }

  OpenMessage message(MessageId id) {
    OpenMessage message = queue().find(id);
    assertThat(message).isNotNull();
    return message;
  }

  /** Every minute has a file of its own, with something of another account in it. */
  void minutesLater(int minutes) throws InterruptedException {
    for (int minute = 0; minute < minutes; minute++) {
      clock.advance(Duration.ofMinutes(1));
      append(new JournalEntry.Resumed(Samples.account("bob"), clock.instant()));
    }
  }

  void append(JournalEntry entry) throws InterruptedException {
    awaitApplied(journal.append(entry));
  }

  private void awaitApplied(long position) throws InterruptedException {
    assertThat(sending.dispatcher().awaitApplied(position, Duration.ofSeconds(30))).isTrue();
  }

  void close() throws InterruptedException {
    sending.drain(Duration.ofMillis(200));
    sending.close();
    journal.close();
  }

  @Override
  public PacingPolicy pacing(AccountKey account) {
    return pacing;
  }

  @Override
  public @Nullable ReachoutLock lock(AccountKey account) {
    return null;
  }

  @Override
  public Familiarity familiarity(AccountKey account, Peer person) {
    return familiarity;
  }

  private static final class NeverBehind implements Backlog {
    @Override
    public void admit() {}

    @Override
    public void awaitStored(long position) {}
  }
}
