package dev.switchboard.loadtest.accept;

import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.measure.ClosedLoop;
import dev.switchboard.loadtest.measure.Latencies;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A server that answers SendMessage, called with the same requests as the other. */
final class Subject implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int RECIPIENTS = 1_000;

  private final List<GatewayClient> connections;
  private final String text;
  private final AtomicLong refused = new AtomicLong();

  Subject(int port, String key, AcceptPlan plan) {
    connections =
        IntStream.range(0, plan.connections())
            .mapToObj(connection -> new GatewayClient(port, key, plan.patience()))
            .toList();
    text = "x".repeat(plan.bytes());
  }

  Latencies measure(int callers, Duration time) throws InterruptedException {
    return new ClosedLoop(callers, this::call).run(time);
  }

  /** Calls that were refused, which no figure counts. */
  long refused() {
    return refused.get();
  }

  private boolean call(int caller) throws InterruptedException {
    try {
      var _ = connections.get(caller % connections.size()).trySend(request(), DEADLINE);
      return true;
    } catch (StatusRuntimeException e) {
      refused.incrementAndGet();
      Thread.sleep(1);
      return false;
    }
  }

  private SendMessageRequest request() {
    var random = ThreadLocalRandom.current();
    int recipient = random.nextInt(RECIPIENTS);
    return SendMessageRequest.newBuilder()
        .setInstanceId(AcceptRun.INSTANCE)
        .setTo(Peer.newBuilder().setPhoneNumber("+1555" + (1_000_000 + recipient)))
        .setText(TextContent.newBuilder().setText(text))
        .setRequestId(new UUID(random.nextLong(), random.nextLong()).toString())
        .build();
  }

  @Override
  public void close() {
    connections.forEach(GatewayClient::close);
  }
}
