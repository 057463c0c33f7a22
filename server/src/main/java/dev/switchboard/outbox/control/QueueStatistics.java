package dev.switchboard.outbox.control;

import dev.switchboard.model.message.Priority;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an account's queue is doing.
 *
 * @param waiting open messages that may go as soon as pacing allows, by priority
 * @param scheduled open messages whose time has not come
 * @param sending messages that are on their way
 * @param chatsSetAside chats that wait after a failure or because their recipient is new
 * @param paused whether the caller stopped the queue
 * @param connected whether the account can send now
 * @param oldestAcceptedAt when the message was accepted that waits longest, or null
 */
public record QueueStatistics(
    Map<Priority, Integer> waiting,
    int scheduled,
    int sending,
    int chatsSetAside,
    boolean paused,
    boolean connected,
    @Nullable Instant oldestAcceptedAt) {
  public QueueStatistics {
    waiting = Map.copyOf(waiting);
  }
}
