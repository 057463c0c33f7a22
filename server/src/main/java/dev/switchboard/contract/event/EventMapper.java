package dev.switchboard.contract.event;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.InstanceAccountChanged;
import dev.switchboard.api.v1.InstanceCreated;
import dev.switchboard.api.v1.InstanceDeleted;
import dev.switchboard.api.v1.InstancePaired;
import dev.switchboard.api.v1.InstanceSettingsChanged;
import dev.switchboard.api.v1.InstanceStateChanged;
import dev.switchboard.api.v1.InstanceUnlinked;
import dev.switchboard.api.v1.QueuePaused;
import dev.switchboard.api.v1.QueueResumed;
import dev.switchboard.api.v1.WebhookEventsDropped;
import dev.switchboard.contract.ContactMapper;
import dev.switchboard.contract.InstanceMapper;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.Times;
import dev.switchboard.contract.presence.PresenceMapper;
import dev.switchboard.model.event.EventKind;
import dev.switchboard.model.event.EventPayload;
import dev.switchboard.model.event.Occurrence;
import java.time.Instant;
import java.util.UUID;

/** Events and their kinds. */
public final class EventMapper {
  private EventMapper() {}

  /** The kind asked for; the numbers are the same on both sides. */
  public static dev.switchboard.api.v1.EventKind toContract(EventKind kind) {
    return dev.switchboard.api.v1.EventKind.forNumber(kind.number());
  }

  static Event toContract(UUID id, Occurrence occurrence, Instant recordedAt) {
    var event =
        Event.newBuilder()
            .setEventId(id.toString())
            .setInstanceId(occurrence.account().instance().value())
            .setOccurTime(Times.toContract(occurrence.atOr(recordedAt)))
            .setRecordTime(Times.toContract(recordedAt))
            .setHistorical(occurrence.historical())
            .setKind(toContract(occurrence.payload().kind()));
    put(event, occurrence);
    return event.build();
  }

  private static void put(Event.Builder event, Occurrence occurrence) {
    switch (occurrence.payload()) {
      case EventPayload.InstanceCreated it ->
          event.setInstanceCreated(
              InstanceCreated.newBuilder().setInstance(InstanceMapper.toContract(it.instance())));
      case EventPayload.InstanceStateChanged it ->
          event.setInstanceStateChanged(
              InstanceStateChanged.newBuilder()
                  .setInstance(InstanceMapper.toContract(it.instance()))
                  .setPreviousState(InstanceMapper.toContract(it.previous())));
      case EventPayload.InstanceSettingsChanged it ->
          event.setInstanceSettingsChanged(
              InstanceSettingsChanged.newBuilder()
                  .setInstance(InstanceMapper.toContract(it.instance())));
      case EventPayload.InstancePaired it ->
          event.setInstancePaired(
              InstancePaired.newBuilder().setAccount(PeerMapper.toContract(it.own())));
      case EventPayload.InstanceAccountChanged it ->
          event.setInstanceAccountChanged(
              InstanceAccountChanged.newBuilder()
                  .setAccount(PeerMapper.toContract(it.own()))
                  .setPreviousAccount(PeerMapper.toContract(it.previous())));
      case EventPayload.InstanceUnlinked it ->
          event.setInstanceUnlinked(
              InstanceUnlinked.newBuilder().setAccount(PeerMapper.toContract(it.own())));
      case EventPayload.InstanceDeleted _ ->
          event.setInstanceDeleted(
              InstanceDeleted.newBuilder().setInstanceId(event.getInstanceId()));
      case EventPayload.ReachoutLockChanged it ->
          event.setReachoutLockChanged(InstanceMapper.lockChanged(occurrence.account(), it.lock()));
      case EventPayload.MessageReceived it -> event.setMessageReceived(MessageEvents.received(it));
      case EventPayload.MessageUndecryptable it ->
          event.setMessageUndecryptable(MessageEvents.undecryptable(it));
      case EventPayload.MessageResolved it -> event.setMessageResolved(MessageEvents.resolved(it));
      case EventPayload.MessageAccepted it -> event.setMessageAccepted(MessageEvents.accepted(it));
      case EventPayload.MessageStatusChanged it ->
          event.setMessageStatusChanged(MessageEvents.statusChanged(it));
      case EventPayload.MessageFailed it -> event.setMessageFailed(MessageEvents.failed(it));
      case EventPayload.MessageCancelled it ->
          event.setMessageCancelled(MessageEvents.cancelled(it));
      case EventPayload.MessageRescheduled it ->
          event.setMessageRescheduled(MessageEvents.rescheduled(it));
      case EventPayload.MessageRequeued it -> event.setMessageRequeued(MessageEvents.requeued(it));
      case EventPayload.ContactMerged it ->
          event.setContactMerged(ContactMapper.merged(it.contact(), it.former()));
      case EventPayload.ContactIdentityChanged it ->
          event.setContactIdentityChanged(ContactMapper.identityChanged(it.contact()));
      case EventPayload.ContactUpdated it ->
          event.setContactUpdated(ContactMapper.updated(it.contact()));
      case EventPayload.PresenceChanged it ->
          event.setPresenceChanged(PresenceMapper.changed(it.chat(), it.presence()));
      case EventPayload.ChatStateChanged it ->
          event.setChatStateChanged(ContactMapper.chatStateChanged(it.chat(), it.state()));
      case EventPayload.QueuePaused _ -> event.setQueuePaused(QueuePaused.getDefaultInstance());
      case EventPayload.QueueResumed _ -> event.setQueueResumed(QueueResumed.getDefaultInstance());
      case EventPayload.WebhookEventsDropped it ->
          event.setWebhookEventsDropped(
              WebhookEventsDropped.newBuilder()
                  .setWebhookId(it.webhookId())
                  .setEventCount(it.count())
                  .setFirstSequence(it.firstSequence())
                  .setLastSequence(it.lastSequence()));
    }
  }
}
