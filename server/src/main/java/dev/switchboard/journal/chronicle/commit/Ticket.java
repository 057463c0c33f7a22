package dev.switchboard.journal.chronicle.commit;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Encoded entries of one caller on their way to the disk. */
public final class Ticket {
  private enum State {
    WAITING,
    TAKEN,
    WITHDRAWN,
    DONE
  }

  private final List<byte[]> entries;
  private final Thread caller = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final long[] positions;
  private @Nullable RuntimeException refusal;

  public Ticket(List<byte[]> entries) {
    this.entries = entries;
    this.positions = new long[entries.size()];
  }

  List<byte[]> entries() {
    return entries;
  }

  /** The writer takes it, unless its caller gave up. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /** Whether its entries will surely not be written. */
  boolean withdraw() {
    return state.compareAndSet(State.WAITING, State.WITHDRAWN);
  }

  void written(int entry, long position) {
    positions[entry] = position;
  }

  void done() {
    state.set(State.DONE);
    LockSupport.unpark(caller);
  }

  void refused(RuntimeException why) {
    refusal = why;
    done();
  }

  /**
   * Waits for the answer. A caller that is interrupted before the writer took its entries withdraws
   * them: they are not written. One that is interrupted later gets the answer all the same, since
   * they will be on the disk, and finds itself interrupted then.
   */
  public long[] await() throws InterruptedException {
    boolean interrupted = false;
    while (state.get() != State.DONE) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        if (withdraw()) {
          throw new InterruptedException("interrupted before anything was written");
        }
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return answer();
  }

  private long[] answer() {
    if (refusal != null) {
      throw refusal;
    }
    return positions;
  }
}
