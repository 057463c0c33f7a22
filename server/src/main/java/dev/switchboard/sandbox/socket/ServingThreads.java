package dev.switchboard.sandbox.socket;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The virtual threads that serve connections and requests; closing waits until they are done. */
final class ServingThreads {
  private static final Logger log = LoggerFactory.getLogger(ServingThreads.class);

  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /** Runs the work on a thread of its own. */
  void start(String name, Runnable work) {
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(() -> {
              try {
                work.run();
              } finally {
                running.remove(Thread.currentThread());
              }
            });
    running.add(thread);
    thread.start();
  }

  /** Waits for all of them, for so long in sum. */
  void await(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (Thread thread : running) {
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      if (!thread.join(left)) {
        log.warn("a connection of the sandbox was still served when it closed");
        return;
      }
    }
  }
}
