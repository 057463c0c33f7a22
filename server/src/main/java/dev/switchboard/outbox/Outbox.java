package dev.switchboard.outbox;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageStatus;
import java.time.Instant;
import java.time.InstantSource;

/** Accepts messages: durable when the call returns, sent by the account's {@link Sender} later. */
public final class Outbox {
  private final OutboxStore store;
  private final Senders senders;
  private final MessageIds ids;
  private final InstantSource clock;
  private final int queueLimit;

  public Outbox(
      OutboxStore store, Senders senders, MessageIds ids, InstantSource clock, int queueLimit) {
    this.store = store;
    this.senders = senders;
    this.ids = ids;
    this.clock = clock;
    this.queueLimit = queueLimit;
  }

  /**
   * Accepts a message. A disconnected account queues it.
   *
   * @return the message, or the one that an earlier call with the same request id was answered with
   * @throws GatewayException INSTANCE_NOT_LINKED, QUEUE_FULL, REQUEST_ID_REUSED or
   *     STORAGE_UNAVAILABLE; nothing is accepted then
   */
  public Message accept(
      Instance instance, Peer to, MessageContent content, OutboxStore.Request request) {
    Peer own = instance.own();
    if (own == null || !instance.linked()) {
      throw new GatewayException(
          Reason.INSTANCE_NOT_LINKED, "the instance is not linked to an account; pair it first");
    }
    Instant now = clock.instant();
    Message message =
        new Message(
            instance.key(),
            ids.next(own),
            to,
            Direction.OUTBOUND,
            MessageStatus.ACCEPTED,
            content,
            now,
            now,
            null,
            null,
            null,
            null);
    Message accepted = store.accept(message, request, queueLimit);
    senders.wake(instance.key());
    return accepted;
  }
}
