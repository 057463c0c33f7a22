package dev.switchboard.connector.capability;

/**
 * A capability of engines: to be seen online, and to tell who else is. From any thread; it returns
 * at once.
 */
@FunctionalInterface
public interface PresenceFollowing {
  /**
   * What is wanted has changed: the engine asks its host, now or as soon as it is connected, and at
   * every login.
   */
  void presenceWished();
}
