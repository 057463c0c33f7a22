package dev.switchboard.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.switchboard.postgres.EmbeddedPostgres;
import dev.switchboard.testing.Eventually;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Parcel;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A process that posts to a receiver that refuses and hangs up now and then is killed without
 * warning, again and again. More often with {@code -Dswitchboard.kills}.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledWebhooksIT {
  private static final int KILLS = Integer.getInteger("switchboard.kills", 2);
  private static final Path PROGRAMS = Path.of("target", "postgres-programs");

  @TempDir private Path folder;
  private final Random random = new Random(5);
  private final FakeReceiver receiver = new FakeReceiver();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private EmbeddedPostgres postgres;

  @BeforeEach
  void start() throws IOException {
    postgres = EmbeddedPostgres.start(folder.resolve("postgres"), PROGRAMS);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
    postgres.close();
  }

  @Test
  void everyEventArrivesInTheOrderOfItsChatAndOnlyRepeatsHaveBeenThereBefore() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      flap(random.nextLong());
      int posts = receiver.posts() + 100 + random.nextInt(500);
      Process process = run("write");
      try {
        Eventually.until("it posts", () -> receiver.posts() >= posts || !process.isAlive());
        assertThat(process.isAlive()).isTrue();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    receiver.answer(_ -> FakeReceiver.TAKEN);
    Process process = run("rest");
    try {
      int events = events(process);
      Eventually.until("all " + events + " arrived", () -> receiver.distinct().size() >= events);
      assertThat(receiver.distinct()).hasSize(events);
      assertThat(receiver.reordered()).isEmpty();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      Outcome outcome =
          receiver.deliver(new Parcel(FakeReceiver.url(), Map.of("webhook-id", id), body));
      if (outcome instanceof Outcome.Answered answered) {
        exchange.sendResponseHeaders(answered.status(), -1);
      } // Otherwise it hangs up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void flap(long seed) {
    Random chance = new Random(seed);
    receiver.answer(_ -> {
      int draw;
      synchronized (chance) {
        draw = chance.nextInt(100);
      }
      LockSupport.parkNanos(draw * 20_000L);
      return switch (draw) {
        case 1, 2, 3, 4, 5, 6, 7, 8 -> FakeReceiver.answered(503);
        case 9, 10, 11, 12 -> FakeReceiver.away();
        default -> FakeReceiver.TAKEN;
      };
    });
  }

  private static int events(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      int events = WebhookProgram.counted(line);
      if (events >= 0) {
        return events;
      }
    }
    throw new AssertionError("it said nothing");
  }

  private Process run(String mode) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            argument -> Stream.of("--add-", "--enable-", "--sun-").anyMatch(argument::startsWith))
        .forEach(command::add);
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m", "-cp", classes));
    command.addAll(
        List.of(
            WebhookProgram.class.getName(),
            folder.toString(),
            postgres.jdbcUrl(),
            postgres.user(),
            postgres.password(),
            url,
            mode));
    ProcessBuilder builder = new ProcessBuilder(command);
    if (mode.equals("write")) {
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
