package dev.switchboard.loadtest.webhooks;

import dev.switchboard.loadtest.client.EventClient;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.measure.ProcessStatus;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.run.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nobody listens while events come in; then somebody does who takes everything at once. */
final class Drain {
  private static final String WEBHOOK = "drained";
  private static final Duration STEP = Duration.ofMillis(200);

  private final ServerProcess process;
  private final String key;
  private final Duration patience;
  private final Progress progress;
  private final List<DrainFigures.Sample> samples = new ArrayList<>();

  Drain(ServerProcess process, String key, Duration patience, Progress progress) {
    this.process = process;
    this.key = key;
    this.patience = patience;
    this.progress = progress;
  }

  /** With so many events, of an account that is stopped for it. */
  DrainFigures run(GatewayClient gateway, String instanceId, int events)
      throws InterruptedException {
    try (var receiver = new Receiver(0);
        var client = new EventClient(process.grpcPort(), key)) {
      receiver.behave();
      receiver.expect(gateway.createWebhook(WEBHOOK, receiver.url(), Backlog.KIND));
      gateway.stop(instanceId);
      Told told = new Told(client, Backlog.KIND, patience);
      int written = Backlog.write(gateway, instanceId, events);
      awaitTold(told, written);
      progress.say("%d events wait; the receiver listens", written);
      receiver.open();
      drain(receiver, written);
      progress.say("%d of %d events are taken", receiver.taken().count(), written);
      return new DrainFigures(
          written, told.missedBy(receiver.taken()), receiver.taken(), List.copyOf(samples));
    }
  }

  private void awaitTold(Told told, int written) throws InterruptedException {
    Progress.Stopwatch time = progress.start();
    while (told.read() < written && time.elapsed().compareTo(patience) < 0) {
      Thread.sleep(STEP);
    }
  }

  private void drain(Receiver receiver, int written) throws InterruptedException {
    Progress.Stopwatch time = progress.start();
    long taken;
    do {
      taken = receiver.taken().count();
      var memory = ProcessStatus.of(process.pid()).rssKilobytes();
      samples.add(new DrainFigures.Sample(time.elapsed().toMillis() / 1e3, taken, memory / 1024));
      Thread.sleep(STEP);
    } while (taken < written && time.elapsed().compareTo(patience) < 0);
  }
}
