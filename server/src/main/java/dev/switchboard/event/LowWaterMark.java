package dev.switchboard.event;

/** Somebody who has not finished with old events. Retention asks before it deletes. */
public interface LowWaterMark {
  /** The first position that is needed still; {@link Long#MAX_VALUE} when none is. */
  long position();

  /**
   * Events that are needed still will be deleted. When this returns that is told, durably.
   *
   * @param before what lies before this position goes
   * @throws RuntimeException when it could not be told; nothing is deleted then
   */
  void passing(long before);
}
