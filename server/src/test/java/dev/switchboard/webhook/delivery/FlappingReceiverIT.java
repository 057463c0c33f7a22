package dev.switchboard.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.database.Database;
import dev.switchboard.testing.Eventually;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.WebhookKey;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A receiver that refuses, breaks and goes away as chance has it, while the server is killed in
 * between: every event arrives, at least once, with the same id, in the order of its chat.
 */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(DatabaseExtension.class)
class FlappingReceiverIT {
  private static final int ROUNDS = 10;
  private static final int NUMBERS = 12;
  private static final String[] CHATS = {"alice", "bob", "carol", "dave", "erin"};

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyEventArrivesInTheOrderOfItsChat(long seed, Database database) throws Exception {
    Random random = new Random(seed);
    try (WebhookBench bench = WebhookBench.open(database, folder, "flapping-" + seed)) {
      bench.create("orders");
      Set<String> expected = new HashSet<>();
      for (int round = 0; round < ROUNDS; round++) {
        flap(bench, 40 + random.nextInt(60), random.nextLong());
        int from = round * NUMBERS + 1;
        expected.addAll(bench.tell("shop", from, from + NUMBERS - 1, CHATS));
        expected.addAll(bench.tell("cafe", from, from + NUMBERS - 1, CHATS));
        int posts = bench.receiver.posts() + random.nextInt(60);
        Eventually.until("it goes on", () -> bench.receiver.posts() >= posts || idle(bench));
        switch (random.nextInt(3)) {
          case 0 -> bench.kill();
          case 1 -> bench.restart();
          default -> {}
        }
      }
      bench.receiver.answer(_ -> FakeReceiver.TAKEN);
      Eventually.until("all arrived", () -> bench.receiver.distinct().size() == expected.size());
      assertThat(bench.receiver.distinct()).isEqualTo(expected);
      assertThat(bench.receiver.reordered()).isEmpty();
    }
  }

  /** The breaker is open: it waits for seconds. */
  private static boolean idle(WebhookBench bench) {
    var key = new WebhookKey(bench.tenant, "orders");
    return bench.webhooks().statistics(key).breaker().open();
  }

  private static void flap(WebhookBench bench, int percent, long seed) {
    Random chance = new Random(seed);
    bench.receiver.answer(_ -> {
      int draw;
      synchronized (chance) {
        draw = chance.nextInt(100);
      }
      LockSupport.parkNanos(draw * 10_000L);
      return draw < percent ? FakeReceiver.TAKEN : failure(draw % 5);
    });
  }

  private static Outcome failure(int which) {
    return switch (which) {
      case 0 -> FakeReceiver.answered(500);
      case 1 -> FakeReceiver.answered(404);
      case 2 -> FakeReceiver.away();
      case 3 -> new Outcome.Answered(302, "", Optional.empty());
      default -> new Outcome.Unreached(Outcome.Cause.TIMED_OUT, "");
    };
  }
}
