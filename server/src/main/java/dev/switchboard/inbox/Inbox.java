package dev.switchboard.inbox;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.message.Message;
import java.util.List;
import java.util.function.Predicate;

/** Stores what arrives and tells the subscribers, in this order, on the account's own thread. */
public final class Inbox {
  private final InboxStore store;
  private final Feed<MessageEvent> feed;

  public Inbox(InboxStore store, Feed<MessageEvent> feed) {
    this.store = store;
    this.feed = feed;
  }

  /**
   * Stores a message with the ratchets that were advanced to read it; told only when it is new, or
   * readable for the first time.
   */
  public void receive(Message message, List<RecordChange> changes) {
    switch (store.receive(message, changes)) {
      case Reception.Stored(var stored) -> feed.publish(new MessageEvent.Received(stored));
      case Reception.Resolved(var resolved) -> feed.publish(new MessageEvent.Resolved(resolved));
      case Reception.Known _ -> {}
    }
  }

  /** Tells the subscribers that a message moved forward, after that was stored. */
  public void statusChanged(Message message) {
    feed.publish(new MessageEvent.StatusChanged(message));
  }

  /** Subscribes to the messages that the filter lets through, from now on. */
  public Subscription<MessageEvent> subscribe(Predicate<MessageEvent> filter) {
    return feed.subscribe(filter);
  }
}
