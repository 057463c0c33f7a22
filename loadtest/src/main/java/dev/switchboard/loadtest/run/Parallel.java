package dev.switchboard.loadtest.run;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Does the same for many, some of them at once; the first failure ends all. */
public final class Parallel {
  private Parallel() {}

  /** What is done for one. */
  @FunctionalInterface
  public interface Task<T> {
    void run(T item) throws InterruptedException;
  }

  /** Runs the task for every item, at most {@code width} at once, each on a virtual thread. */
  public static <T> void forEach(List<T> items, int width, Task<T> task)
      throws InterruptedException {
    try (var executor =
        Executors.newFixedThreadPool(width, Thread.ofVirtual().name("task-", 0).factory())) {
      var running = new ExecutorCompletionService<T>(executor);
      for (T item : items) {
        var _ =
            running.submit(() -> {
              task.run(item);
              return item;
            });
      }
      try {
        for (int done = 0; done < items.size(); done++) {
          var _ = running.take().get();
        }
      } catch (ExecutionException e) {
        executor.shutdownNow();
        throw failure(e.getCause() == null ? e : e.getCause());
      } catch (InterruptedException e) {
        executor.shutdownNow();
        throw e;
      }
    }
  }

  private static RuntimeException failure(Throwable cause) {
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new LoadTestException("a task failed: " + cause, cause);
  }
}
