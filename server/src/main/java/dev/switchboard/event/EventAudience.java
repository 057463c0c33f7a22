package dev.switchboard.event;

import java.util.List;

/** Is told of events when they are in the log. Is called by one thread and does not wait. */
public interface EventAudience {
  /** Events by position, all after those of earlier calls. */
  void published(List<Event> events);
}
