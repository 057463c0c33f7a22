package dev.switchboard.loadtest.throughput;

import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.WaitFor;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.client.ServerMetrics;
import dev.switchboard.loadtest.measure.ClosedLoop;
import dev.switchboard.loadtest.measure.Latencies;
import dev.switchboard.loadtest.measure.ProcessorTime;
import dev.switchboard.loadtest.measure.ThreadTimes;
import dev.switchboard.loadtest.process.Postmaster;
import dev.switchboard.loadtest.process.ServerProcess;
import dev.switchboard.loadtest.stage.Accounts;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import dev.switchboard.loadtest.stage.Stage;
import dev.switchboard.loadtest.throughput.Turn.Cost;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The server: each call waits until the network has acknowledged its message. */
final class GatewaySender implements Sender {
  private static final Duration DEADLINE = Duration.ofSeconds(40);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int CONNECTIONS = 4;

  private final ThroughputPlan plan;
  private final Stage stage;
  private final List<String> people;
  private final ServerProcess process;
  private final ProcessHandle database;
  private final List<GatewayClient> connections;
  private final List<Linked> accounts = new ArrayList<>();
  private final String text;

  private GatewaySender(
      ThroughputPlan plan, Stage stage, List<String> people, ServerProcess process, Opened opened) {
    this.plan = plan;
    this.stage = stage;
    this.people = people;
    this.process = process;
    this.database = opened.database();
    this.connections = opened.connections();
    this.text = "x".repeat(plan.bytes());
  }

  private record Opened(ProcessHandle database, List<GatewayClient> connections) {}

  static GatewaySender start(ThroughputPlan plan, Stage stage, List<String> people)
      throws InterruptedException {
    ServerProcess.Plan server =
        stage.server(Map.of("outbox.in-flight", Integer.toString(plan.lanes())));
    ServerProcess process = ServerProcess.start(server);
    try {
      String key = process.awaitKey(plan.patience());
      var connections = new ArrayList<GatewayClient>();
      connections.add(stage.client(process, key, plan.patience()));
      while (connections.size() < CONNECTIONS) {
        connections.add(new GatewayClient(process.grpcPort(), key, plan.patience()));
      }
      var opened = new Opened(Postmaster.of(server.data()), List.copyOf(connections));
      return new GatewaySender(plan, stage, people, process, opened);
    } catch (InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  @Override
  public List<String> link(int first, int count) throws InterruptedException {
    List<Linked> linked =
        Accounts.link(connections.getFirst(), stage.sandbox(), first, count, plan.patience());
    accounts.addAll(linked);
    return linked.stream().map(Linked::phoneNumber).toList();
  }

  @Override
  public Sent send(int senders, Duration time) throws InterruptedException {
    int lanes = plan.lanesOf(senders);
    var failed = new AtomicLong();
    int[] first = IntStream.range(0, senders * lanes).map(caller -> caller / senders).toArray();
    var steps = new AtomicIntegerArray(first);
    Latencies latencies =
        new ClosedLoop(
                senders * lanes,
                caller -> {
                  int step = steps.get(caller);
                  int next = step + lanes;
                  steps.set(caller, next < plan.recipients() ? next : first[caller]);
                  return sent(accounts.get(caller % senders), caller, step, failed);
                })
            .run(time);
    return new Sent(latencies, failed.get());
  }

  private boolean sent(Linked account, int caller, int step, AtomicLong failed)
      throws InterruptedException {
    try {
      var answer = connections.get(caller % CONNECTIONS).trySend(request(account, step), DEADLINE);
      MessageStatus status = answer.getMessage().getStatus();
      if (status == MessageStatus.MESSAGE_STATUS_SENT
          || status == MessageStatus.MESSAGE_STATUS_DELIVERED) {
        return true;
      }
    } catch (StatusRuntimeException e) {
      Thread.sleep(PAUSE);
    }
    failed.incrementAndGet();
    return false;
  }

  private SendMessageRequest request(Linked account, int step) {
    String to = ThroughputPlan.recipient(people, account.number(), step);
    return SendMessageRequest.newBuilder()
        .setInstanceId(account.instanceId())
        .setTo(Peer.newBuilder().setPhoneNumber(to))
        .setText(TextContent.newBuilder().setText(text))
        .setWaitFor(WaitFor.WAIT_FOR_SENT)
        .build();
  }

  @Override
  public Cost cost() {
    return new Cost(
        ProcessorTime.of(process.pid()).own(),
        ProcessorTime.ofFamily(database),
        ThreadTimes.of(process.pid()));
  }

  /** Nothing to send, and all of it in the database. */
  @Override
  public boolean done() throws InterruptedException {
    return ServerMetrics.counter(process.httpPort(), "switchboard_messages_open") == 0
        && ServerMetrics.counter(process.httpPort(), "switchboard_projection_lag") == 0;
  }

  @Override
  public void close() {
    connections.forEach(GatewayClient::close);
    process.close();
  }
}
