package dev.switchboard;

import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.instance.state.StoredRules;
import dev.switchboard.outbox.Backlog;
import dev.switchboard.outbox.OutboxLimits;
import dev.switchboard.outbox.assembly.Sending;
import dev.switchboard.outbox.assembly.SendingConfig;
import dev.switchboard.outbox.carry.CarryPolicy;
import dev.switchboard.outbox.sender.SendPolicy;
import dev.switchboard.projection.ProjectionLimits;
import dev.switchboard.projection.Projector;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What outbound messages go through: senders over the journal, and its way into storage. */
record Outgoing(Projector projector, Sending sending) implements AutoCloseable {
  private static final Duration TROUBLE_DELAY = Duration.ofSeconds(1);

  /** How long a reader waits for storage to have what it asks for; an account's thread may too. */
  private static final Duration READ_PATIENCE = Duration.ofSeconds(2);

  /** Opens it; when this returns all is known again that was open before the start. */
  static Outgoing open(
      SwitchboardConfig config, Storage storage, InstantSource clock, SecureRandom random)
      throws InterruptedException {
    Projector projector =
        new Projector(
            storage.journal(),
            storage.projection(),
            storage.pending(),
            projectionLimits(config.projection()),
            clock);
    projector.start();
    try {
      Sending.Stored stored =
          new Sending.Stored(
              new Behind(projector),
              projector::projected,
              attempt -> storage.pending().attempted(storage.journal(), attempt),
              List.of(),
              storage.history(),
              storage.requests(),
              new StoredRules(storage.instances(), storage.familiarities(), clock));
      Sending sending =
          new Sending(sendingConfig(config), storage.journal(), stored, clock, random);
      return new Outgoing(projector, sending);
    } catch (RuntimeException | InterruptedException e) {
      projector.close();
      throw e;
    }
  }

  private record Behind(Projector projector) implements Backlog {
    @Override
    public void admit() {
      projector.admit();
    }

    @Override
    public void awaitStored(long position) throws InterruptedException {
      projector.requireProjected(position, READ_PATIENCE);
    }
  }

  private static ProjectionLimits projectionLimits(SwitchboardConfig.Projection projection) {
    return new ProjectionLimits(
        projection.batchEntries(),
        projection.batchBytes(),
        projection.linger(),
        projection.longestLinger(),
        projection.retryDelay(),
        projection.lagEntries(),
        projection.drain());
  }

  static SendingConfig sendingConfig(SwitchboardConfig config) {
    SwitchboardConfig.Outbox outbox = config.outbox();
    return new SendingConfig(
        new SendPolicy(
            outbox.retryDelays(), outbox.attemptLimit(), outbox.inFlight(), TROUBLE_DELAY),
        new OutboxLimits(
            outbox.queueLimit(), outbox.totalLimit(), outbox.requestMemory(), outbox.waitLimit()),
        new CarryPolicy(outbox.keptCycles(), outbox.carryInterval(), outbox.carryPatience()));
  }

  @Override
  public void close() {
    sending.close();
    projector.close();
  }
}
