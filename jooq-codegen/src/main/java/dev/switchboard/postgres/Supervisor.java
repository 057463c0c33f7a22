package dev.switchboard.postgres;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the server again when it has died without being asked to, for as long as we are open. */
final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Supplier<Guard> launch;
  private final Postmaster postmaster;
  private final Thread thread;
  private Guard guard;

  private Supervisor(Supplier<Guard> launch, Postmaster postmaster) {
    this.launch = launch;
    this.postmaster = postmaster;
    this.guard = launch.get();
    this.thread = Thread.ofVirtual().name("postgres-supervisor").unstarted(this::watch);
  }

  static Supervisor start(Supplier<Guard> launch, Postmaster postmaster) {
    var supervisor = new Supervisor(launch, postmaster);
    supervisor.thread.start();
    return supervisor;
  }

  private void watch() {
    try {
      while (true) {
        awaitEnd();
        LOG.error("PostgreSQL has died; starting it again");
        guard.close();
        restart();
      }
    } catch (InterruptedException e) {
      // Closed: the closing thread takes the guard over.
    }
  }

  /** By looking: where nothing reaps orphans, the end of the process would never be told. */
  private void awaitEnd() throws InterruptedException {
    while (postmaster.running().isPresent()) {
      Thread.sleep(LOOK_INTERVAL);
    }
  }

  private void restart() throws InterruptedException {
    for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
      Thread.sleep(pause);
      try {
        guard = launch.get();
        LOG.info("PostgreSQL runs again");
        return;
      } catch (PostgresException e) {
        LOG.error("PostgreSQL cannot be started again; next attempt follows", e);
      }
    }
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    guard.close();
    // The guard itself may have been killed.
    if (postmaster.running().isPresent()) {
      postmaster.stop();
    }
  }
}
