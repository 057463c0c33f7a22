package dev.switchboard.webhook;

import dev.switchboard.event.Event;
import java.time.Instant;
import java.util.List;

/** What is posted. Safe for use by many threads. */
public interface EventBody {
  /** What has to be known of an event before it is posted; cheaper than the body. */
  Subject subject(Event event);

  /**
   * The event as it is posted.
   *
   * @param replay whether it is posted because its owner asked for it again
   */
  byte[] json(Event event, boolean replay);

  /** What is posted to try a webhook out. */
  byte[] test(WebhookKey webhook, String id, Instant now);

  /**
   * What an event is about.
   *
   * @param eventId stays with the event for ever
   * @param chats every name that the chat it belongs to goes by in it: what has a name in common is
   *     told one after the other, so that order outlasts that two names turn out to be one person;
   *     none for what belongs to no chat, which is told in order of its own within the instance
   */
  record Subject(String eventId, List<String> chats) {
    public Subject {
      chats = List.copyOf(chats);
    }

    /** Hides the names. */
    @Override
    public String toString() {
      return "Subject[" + eventId + "]";
    }
  }
}
