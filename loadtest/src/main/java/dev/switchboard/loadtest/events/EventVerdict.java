package dev.switchboard.loadtest.events;

/**
 * What readers were told, against what there is.
 *
 * @param readers that read everything
 * @param events that there are
 * @param lost events that a reader was not told, and gaps that it was told
 * @param reordered events that a reader was told after a later one, or that are recorded so
 * @param repeated events that a reader was told again, since it began before them again
 * @param contradicted repeats under another id, repeats that nobody asked for, and messages that
 *     were accepted twice
 * @param untold messages whose status is another one than was told
 * @param resumptions how often a reader went on where it had stopped
 */
public record EventVerdict(
    int readers,
    long events,
    long lost,
    long reordered,
    long repeated,
    long contradicted,
    long untold,
    long resumptions) {
  /** Nobody read. */
  public static EventVerdict none() {
    return new EventVerdict(0, 0, 0, 0, 0, 0, 0, 0);
  }

  public boolean holds() {
    return lost == 0 && reordered == 0 && contradicted == 0 && untold == 0;
  }
}
