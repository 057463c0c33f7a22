package dev.switchboard.event;

/**
 * An event that is durable beside the state it tells of, and may not be in the log yet.
 *
 * @param id its number in the {@link EventOutbox}, from 1 on; never given again
 */
public record WaitingEvent(long id, EventDraft draft) {
  public WaitingEvent {
    if (id < 1) {
      throw new IllegalArgumentException("ids of waiting events begin with 1");
    }
  }
}
