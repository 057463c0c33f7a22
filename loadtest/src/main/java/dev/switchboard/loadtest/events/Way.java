package dev.switchboard.loadtest.events;

/** How a reader keeps its place while the server is away. */
public enum Way {
  /** Reads a stream and keeps the cursor of each event: nothing may come twice. */
  CURSOR,
  /** Reads a stream and keeps only some of the cursors: what was read behind them comes again. */
  SOME_CURSORS,
  /** Reads a stream and has the server keep its place. */
  CONSUMER,
  /** Reads pages, and waits for them. */
  PAGES
}
