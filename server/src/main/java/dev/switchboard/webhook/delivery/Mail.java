package dev.switchboard.webhook.delivery;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/** What is for the thread of a webhook to do. At most as much as may fly, and as may ask. */
final class Mail {
  /** Callers that may wait at once for what they ask; others wait for that. */
  private static final int MOST_ASKED = 64;

  private final Bell bell;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final Semaphore asking = new Semaphore(MOST_ASKED, true);
  private volatile boolean closed;

  Mail(Bell bell) {
    this.bell = bell;
  }

  /** Tells it something. */
  void add(Runnable landing) {
    queue.add(landing);
    bell.ring();
  }

  /**
   * Asks it something, and waits.
   *
   * @throws GatewayException as the question says; SHUTTING_DOWN when nobody answers any more
   */
  <T> T ask(Callable<T> question) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(question);
    asking.acquire();
    try {
      add(task);
      if (closed) { // Looked at after adding: the thread may have looked for the last time before.
        task.cancel(false);
      }
      return task.get();
    } catch (CancellationException e) {
      throw new GatewayException(Reason.SHUTTING_DOWN, "the webhook works no more", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("a change of a webhook failed", e.getCause());
    } finally {
      asking.release();
    }
  }

  /** Does what there is, on the thread of the webhook. */
  void deliver() {
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      next.run();
    }
  }

  /** Answers nobody any more. */
  void close() {
    closed = true;
    for (Runnable left = queue.poll(); left != null; left = queue.poll()) {
      if (left instanceof FutureTask<?> task) {
        task.cancel(false);
      }
    }
  }
}
