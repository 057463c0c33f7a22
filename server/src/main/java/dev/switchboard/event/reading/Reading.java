package dev.switchboard.event.reading;

import dev.switchboard.model.GatewayException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reader's place among the events: a position and a selection, and nothing else. Belongs to one
 * thread; any may close it.
 */
public final class Reading implements AutoCloseable {
  private static final long NONE = Long.MAX_VALUE;

  /** How long old events are looked through at least before none is told. */
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);

  private final Selection selection;
  private final EventSource source;
  private final Consumer<Reading> onClose;
  private final Runnable onNews;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /** The first and the last position of what is wanted and was not looked at since it came. */
  private long firstNew = NONE;

  private long lastNew = -1;
  private @Nullable GatewayException ended;
  private boolean touched;

  /** Where to go on; of the reader's thread. */
  private long next;

  /** Whether all that is wanted before the end of last time was told. */
  private boolean following;

  Reading(Selection selection, EventSource source, Consumer<Reading> onClose, Runnable onNews) {
    this.selection = selection;
    this.source = source;
    this.onClose = onClose;
    this.onNews = onNews;
  }

  void startAt(long position) {
    next = position;
  }

  /** Passes over what there is: goes on with what comes from now on. */
  public void skip() {
    next = source.end();
  }

  public Selection selection() {
    return selection;
  }

  /** Where it goes on: everything before was told, or is not wanted. */
  public long position() {
    return next;
  }

  /**
   * The next events, as soon as there are some.
   *
   * @param most how many at most
   * @param atMost how long to wait for the first when all that is there was told
   * @return no events when there were none in time; the position may have moved all the same
   * @throws GatewayException SHUTTING_DOWN once the server ends
   */
  public Page next(int most, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    long lookUntil = Math.max(deadline, System.nanoTime() + LOOK_LIMIT.toNanos());
    while (true) {
      Page page = look(most);
      next = page.next();
      if (!(page instanceof Page.Events(var events, long _)) || !events.isEmpty()) {
        return page;
      }
      boolean late = following ? !awaitNews(deadline) : System.nanoTime() >= lookUntil;
      if (late) {
        return page;
      }
      Segments.giveWay();
    }
  }

  /** Whether all that was there at the last time was told; what comes later is news. */
  public boolean caughtUp() {
    return following;
  }

  /** Gives its place up. */
  @Override
  public void close() {
    onClose.accept(this);
  }

  /**
   * Something that may be wanted was written; it can be read a moment later.
   *
   * @return whether it is the first since the last {@link #wake}
   */
  boolean offer(long position) {
    lock.lock();
    try {
      firstNew = Math.min(firstNew, position);
      lastNew = position;
      boolean first = !touched;
      touched = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** What was offered can be read. */
  void wake() {
    lock.lock();
    try {
      touched = false;
      news.signalAll();
    } finally {
      lock.unlock();
    }
    onNews.run();
  }

  void end(GatewayException reason) {
    lock.lock();
    try {
      ended = reason;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What can be told at once: some of what is between the position and the end. */
  private Page look(int most) throws InterruptedException {
    long end = source.end();
    long first = takeNews(end);
    if (following) { // What came since the last time begins with what was offered first.
      next = Math.max(next, Math.min(first, end));
    }
    if (next >= end) {
      following = true;
      return new Page.Events(List.of(), next);
    }
    Page page = source.read(selection, next, end, most);
    following = page.next() >= end;
    return page;
  }

  /** Everything before the end was offered before it became the end. */
  private long takeNews(long end) {
    lock.lock();
    try {
      if (ended != null) {
        throw ended;
      }
      long first = firstNew;
      boolean more = lastNew >= end;
      firstNew = more ? Math.max(firstNew, end) : NONE;
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Whether something came in time; also when the reading ended. */
  private boolean awaitNews(long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = deadline - System.nanoTime();
      while (firstNew >= source.end() && ended == null && left > 0) {
        left = news.awaitNanos(left);
      }
      return firstNew < source.end() || ended != null;
    } finally {
      lock.unlock();
    }
  }
}
