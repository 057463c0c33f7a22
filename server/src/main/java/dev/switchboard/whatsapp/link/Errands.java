package dev.switchboard.whatsapp.link;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Work that takes long and is done beside the session's thread, on a virtual thread of its own; its
 * result comes back as an order. One at a time: who has more of them waits with the next until the
 * result of the one before is there. They end with the connection.
 */
public final class Errands implements AutoCloseable {
  private static final Duration FULL_MAILBOX = Duration.ofMillis(200);

  private final Mailbox mailbox;
  private volatile boolean closed;
  private Thread running = Thread.ofVirtual().unstarted(() -> {});

  /** Takes a result, on the session's thread. */
  public interface Taker<T> {
    void take(T result) throws InterruptedException;
  }

  public Errands(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Begins an errand; called on the session's thread. */
  public <T> void run(String name, Callable<T> work, Taker<T> taker) {
    running = Thread.ofVirtual().name(name).start(() -> work(work, taker));
  }

  private <T> void work(Callable<T> work, Taker<T> taker) {
    try {
      T result = work.call();
      Order order = new Return<>(result, taker);
      while (!mailbox.submit(order) && !closed) {
        Thread.sleep(FULL_MAILBOX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The connection is over, and nobody wants it any more.
    } catch (Exception e) {
      throw new IllegalStateException("an errand tells failures by its result", e);
    }
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    closed = true;
    running.interrupt();
  }

  private record Return<T>(T result, Taker<T> taker) implements Order {
    @Override
    public void carryOut() throws InterruptedException {
      taker.take(result);
    }

    @Override
    public void abandon() {}
  }
}
