package dev.switchboard.model.event;

import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.SendOptions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an event says. Instances, messages and contacts are as they were after it. */
public sealed interface EventPayload {
  EventKind kind();

  record InstanceCreated(Instance instance) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.INSTANCE_CREATED;
    }
  }

  /**
   * It moved to another state, or is in its state for another cause or until another time.
   *
   * @param previous the same as now when only the cause or its end changed
   */
  record InstanceStateChanged(Instance instance, InstanceState previous) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.INSTANCE_STATE_CHANGED;
    }
  }

  /** What callers choose for it was changed. */
  record InstanceSettingsChanged(Instance instance) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.INSTANCE_SETTINGS_CHANGED;
    }
  }

  /** It was not linked before. */
  record InstancePaired(Peer own) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.INSTANCE_PAIRED;
    }
  }

  /** The account goes by other names than before. */
  record InstanceAccountChanged(Peer own, Peer previous) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.INSTANCE_ACCOUNT_CHANGED;
    }
  }

  /** The link, the engine's records and a reach-out lock are gone. */
  record InstanceUnlinked(Peer own) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.INSTANCE_UNLINKED;
    }
  }

  record InstanceDeleted() implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.INSTANCE_DELETED;
    }
  }

  /**
   * The network keeps it from writing to strangers, or no longer does.
   *
   * @param lock the lock that it is under now, or null
   */
  record ReachoutLockChanged(@Nullable ReachoutLock lock) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.REACHOUT_LOCK_CHANGED;
    }
  }

  /** It arrived, or another device of the account sent it. */
  record MessageReceived(Message message) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.MESSAGE_RECEIVED;
    }
  }

  /** It arrived and cannot be decrypted so far. */
  record MessageUndecryptable(Message message) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.MESSAGE_UNDECRYPTABLE;
    }
  }

  /** It could not be decrypted before. */
  record MessageResolved(Message message) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.MESSAGE_RESOLVED;
    }
  }

  /** It is to be sent. */
  record MessageAccepted(Message message, SendOptions options) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.MESSAGE_ACCEPTED;
    }
  }

  /**
   * It got further: sent, delivered, read or played.
   *
   * @param told whose device told it, or null when the network did
   */
  record MessageStatusChanged(Message message, MessageStatus previous, @Nullable Told told)
      implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.MESSAGE_STATUS_CHANGED;
    }

    /** How far it got with one of those that it was for. */
    public record Told(Peer recipient, MessageStatus status, Instant at) {}
  }

  record MessageFailed(Message message) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.MESSAGE_FAILED;
    }
  }

  record MessageCancelled(Message message) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.MESSAGE_CANCELLED;
    }
  }

  /**
   * It is to be sent at another time.
   *
   * @param notBefore the earliest time to send it by now, or null for as soon as pacing allows
   */
  record MessageRescheduled(Message message, @Nullable Instant notBefore) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.MESSAGE_RESCHEDULED;
    }
  }

  /**
   * It had failed and is to be sent again.
   *
   * @param requeues how often it got another chance by now
   */
  record MessageRequeued(Message message, int requeues) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.MESSAGE_REQUEUED;
    }
  }

  /**
   * Two names turned out to be one person.
   *
   * @param former as whom they were known before
   */
  record ContactMerged(Contact contact, List<Peer> former) implements EventPayload {
    public ContactMerged {
      former = List.copyOf(former);
    }

    @Override
    public EventKind kind() {
      return EventKind.CONTACT_MERGED;
    }
  }

  /** Their security code changed. */
  record ContactIdentityChanged(Contact contact) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.CONTACT_IDENTITY_CHANGED;
    }
  }

  /** They became known, are called otherwise, or their number changed hands. */
  record ContactUpdated(Contact contact) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.CONTACT_UPDATED;
    }
  }

  /** Somebody is online, or is not any more. */
  record PresenceChanged(Peer chat, Presence presence) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.PRESENCE_CHANGED;
    }
  }

  /** Somebody types, records or stopped doing so. */
  record ChatStateChanged(Peer chat, ChatState state) implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.CHAT_STATE_CHANGED;
    }
  }

  record QueuePaused() implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.QUEUE_PAUSED;
    }
  }

  record QueueResumed() implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.QUEUE_RESUMED;
    }
  }

  /**
   * Events of the instance were deleted before a webhook got them.
   *
   * @param count how many, from the first of these sequences to the last
   */
  record WebhookEventsDropped(String webhookId, long count, long firstSequence, long lastSequence)
      implements EventPayload {
    @Override
    public EventKind kind() {
      return EventKind.WEBHOOK_EVENTS_DROPPED;
    }
  }
}
