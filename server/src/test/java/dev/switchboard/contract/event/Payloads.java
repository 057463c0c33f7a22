package dev.switchboard.contract.event;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.contact.ContactNames;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.SendOptions;
import dev.switchboard.model.message.UndecryptableReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event of each kind. */
final class Payloads {
  static final AccountKey ACCOUNT = new AccountKey(TenantId.DEFAULT, new InstanceId("shop"));
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123456Z");
  static final Peer ALICE = new Peer(new PhoneNumber("15550001000"), new Lid("90001"));
  static final Peer BOB = Peer.of(new PhoneNumber("15550001001"));

  private Payloads() {}

  static List<EventPayload> all() {
    var contact =
        new Contact(ACCOUNT, ALICE, new ContactNames("Al", "Alice A", "Alice", null), NOON);
    return List.of(
        new EventPayload.InstanceCreated(instance()),
        new EventPayload.InstanceStateChanged(instance(), InstanceState.DEGRADED),
        new EventPayload.InstanceSettingsChanged(instance()),
        new EventPayload.InstancePaired(BOB),
        new EventPayload.InstanceAccountChanged(BOB, ALICE),
        new EventPayload.InstanceUnlinked(BOB),
        new EventPayload.InstanceDeleted(),
        new EventPayload.ReachoutLockChanged(new ReachoutLock(NOON, later())),
        new EventPayload.MessageReceived(
            message(MessageStatus.RECEIVED, new MessageContent.Unsupported("poll", new byte[9]))),
        new EventPayload.MessageUndecryptable(
            message(
                MessageStatus.RECEIVED,
                new MessageContent.Undecryptable(UndecryptableReason.BAD_MAC, 1))),
        new EventPayload.MessageResolved(message(MessageStatus.RECEIVED)),
        new EventPayload.MessageAccepted(
            message(MessageStatus.ACCEPTED),
            new SendOptions(Priority.HIGH, NOON, later(), false, "bulk-1")),
        new EventPayload.MessageStatusChanged(
            message(MessageStatus.READ),
            MessageStatus.SENT,
            new EventPayload.MessageStatusChanged.Told(ALICE, MessageStatus.READ, later())),
        new EventPayload.MessageFailed(message(MessageStatus.FAILED)),
        new EventPayload.MessageCancelled(message(MessageStatus.CANCELLED)),
        new EventPayload.MessageRescheduled(message(MessageStatus.ACCEPTED), later()),
        new EventPayload.MessageRequeued(message(MessageStatus.ACCEPTED), 2),
        new EventPayload.ContactMerged(contact, List.of(ALICE, BOB)),
        new EventPayload.ContactIdentityChanged(contact),
        new EventPayload.ContactUpdated(contact),
        new EventPayload.PresenceChanged(ALICE, new Presence.Offline(NOON, false)),
        new EventPayload.ChatStateChanged(ALICE, ChatState.RECORDING),
        new EventPayload.QueuePaused(),
        new EventPayload.QueueResumed(),
        new EventPayload.WebhookEventsDropped("orders", 7, 11, 29));
  }

  static Instant later() {
    return NOON.plus(Duration.ofHours(1));
  }

  static Message message(MessageStatus status) {
    return message(status, new MessageContent.Text("hello"));
  }

  static Message message(MessageStatus status, MessageContent content) {
    var inbound = status == MessageStatus.RECEIVED;
    @Nullable Failure failure =
        status == MessageStatus.FAILED ? new Failure(FailureCause.EXPIRED, "too late") : null;
    return new Message(
        ACCOUNT,
        new MessageId("3EB0"),
        ALICE,
        inbound ? Direction.INBOUND : Direction.OUTBOUND,
        status,
        content,
        NOON,
        NOON,
        null,
        null,
        null,
        failure);
  }

  private static Instance instance() {
    return new Instance(
        ACCOUNT,
        Network.SANDBOX,
        "The shop",
        new Route.Direct(),
        true,
        InstanceState.READY,
        StateCause.LOGGED_IN,
        "",
        null,
        BOB,
        NOON,
        NOON);
  }
}
