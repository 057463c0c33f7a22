package dev.switchboard.whatsapp.retry;

import com.google.protobuf.ByteString;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.message.UndecryptableReason;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.login.PreKeyStanzas;
import dev.switchboard.whatsapp.login.PreKeySupply;
import dev.switchboard.whatsapp.records.CountRecord;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.SignalAddress;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import dev.switchboard.whatsapp.wire.codec.NodeDecoder;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Asks a sender for a message again; from the second time on with keys for a new session. */
public final class RetryRequests {
  private static final int KEYS_FROM_REQUEST = 2;

  /** By then the answer to a request with keys could not be read either. */
  private static final int RENEWAL_FROM_REQUEST = 3;

  private final AccountState account;
  private final StanzaStream stream;
  private final PreKeySupply supply;
  private final RetryLimits limits;
  private final DurableCounts counts;
  private final InstantSource clock;
  private final SessionRenewals renewals;

  public RetryRequests(
      AccountState account,
      StanzaStream stream,
      PreKeySupply supply,
      RetryLimits limits,
      InstantSource clock) {
    this.account = account;
    this.stream = stream;
    this.supply = supply;
    this.limits = limits;
    this.clock = clock;
    this.counts =
        new DurableCounts(account.records(), RecordKind.RETRY_REQUEST, limits.remembered(), clock);
    this.renewals = new SessionRenewals(account.records(), limits, clock);
  }

  /**
   * What follows when a message could not be read.
   *
   * @param requests how often it was asked for then
   * @param asks whether it is to be asked for now; it was asked for often enough otherwise
   * @param changes to be made durable before it is asked for
   */
  public record Next(int requests, boolean asks, List<RecordChange> changes) {}

  /** A message that was asked for and did not come: its stanza without what it held. */
  public record Unanswered(Node message, UndecryptableReason reason) {}

  public Next next(Jid sender, Node message, UndecryptableReason reason) {
    String id = message.requiredAttribute("id");
    SignalAddress address = account.aliases().address(sender);
    int before = counts.of(address, id);
    if (before >= limits.requests()) {
      return new Next(before, false, List.of());
    }
    List<RecordChange> changes =
        new ArrayList<>(counts.increment(address, id, about(message, reason)));
    changes.addAll(renewal(address, before + 1, reason));
    return new Next(before + 1, true, changes);
  }

  /**
   * What was asked for long enough ago to think that request or answer got lost, and may still be
   * asked for.
   */
  public List<Unanswered> unanswered() {
    Instant now = clock.instant();
    return counts.all().stream()
        .filter(request -> mayBeAskedAgain(request, now))
        .map(RetryRequests::unanswered)
        .toList();
  }

  private boolean mayBeAskedAgain(CountRecord request, Instant now) {
    Instant asked = Instant.ofEpochMilli(request.getLastAt());
    return request.getCount() < limits.requests()
        && !request.getStanza().isEmpty()
        && asked.plus(limits.patience()).isBefore(now)
        && asked.plus(limits.answerAge()).isAfter(now);
  }

  private static Unanswered unanswered(CountRecord request) {
    return new Unanswered(
        NodeDecoder.decode(request.getStanza().toByteArray()),
        UndecryptableReason.valueOf(request.getReason()));
  }

  private static CountRecord about(Node message, UndecryptableReason reason) {
    Node bare = Node.of(message.tag(), message.attributes());
    return CountRecord.newBuilder()
        .setStanza(ByteString.copyFrom(NodeEncoder.encode(bare)))
        .setReason(reason.name())
        .build();
  }

  /** Whether the message was asked for; it is not remembered for ever. */
  public boolean asked(Jid sender, String id) {
    return counts.of(account.aliases().address(sender), id) > 0;
  }

  /** The change after which the message was never asked for. */
  public RecordChange settled(Jid sender, String id) {
    return counts.forget(account.aliases().address(sender), id);
  }

  /**
   * Writes the request.
   *
   * @param message the stanza that could not be read
   * @param count the how manieth request it is
   */
  public void ask(Node message, int count, UndecryptableReason reason) throws InterruptedException {
    String id = message.requiredAttribute("id");
    DeviceKeys keys = account.credentials().keys();
    NodeBuilder receipt =
        Node.builder("receipt")
            .attribute("id", id)
            .attribute("type", "retry")
            .attribute("to", message.requiredAttribute("from"))
            .attribute("recipient", message.attribute("recipient"))
            .attribute("participant", message.attribute("participant"))
            .child(
                Node.builder("retry")
                    .attribute("count", count)
                    .attribute("id", id)
                    .attribute("t", message.attribute("t"))
                    .attribute("v", "1")
                    .attribute("error", code(reason))
                    .build())
            .child(PreKeyStanzas.registration(keys));
    if (count >= KEYS_FROM_REQUEST) {
      receipt.child(keys(keys));
    }
    stream.send(receipt.build());
  }

  /**
   * A stored session that cannot be read is of no use; one that verifies nothing may stand in the
   * way of the next message we send. The identity is kept.
   */
  private List<RecordChange> renewal(
      SignalAddress address, int request, UndecryptableReason reason) {
    boolean failing = request >= RENEWAL_FROM_REQUEST && reason == UndecryptableReason.BAD_MAC;
    if (reason != UndecryptableReason.DAMAGED_SESSION && !(failing && renewals.isDue(address))) {
      return List.of();
    }
    SignalUnit unit = account.signalUnit();
    unit.remove(address);
    List<RecordChange> changes = new ArrayList<>(SignalRecords.changes(unit.changes()));
    changes.addAll(renewals.note(address));
    return changes;
  }

  private Node keys(DeviceKeys keys) {
    return Node.of(
        "keys",
        PreKeyStanzas.type(),
        PreKeyStanzas.identity(keys),
        PreKeyStanzas.key(supply.take(1).getFirst()),
        PreKeyStanzas.signedKey(keys),
        Node.of("device-identity", account.credentials().deviceIdentity()));
  }

  /** As WhatsApp Web numbers the errors of Signal (read in public sources). */
  private static int code(UndecryptableReason reason) {
    return switch (reason) {
      case NO_SESSION -> 1;
      case UNTRUSTED_IDENTITY -> 2;
      case UNKNOWN_PREKEY -> 3;
      case MALFORMED -> 4;
      case TOO_FAR_AHEAD -> 6;
      case BAD_MAC -> 7;
      case DAMAGED_SESSION -> 8;
      case TOO_OLD -> 9;
      case UNPROVEN_DEVICE -> 12;
    };
  }
}
