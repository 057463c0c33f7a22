package dev.switchboard.loadtest.crash;

import dev.switchboard.loadtest.run.Parallel;
import dev.switchboard.loadtest.stage.Accounts.Linked;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The callers, all at once: one for each chat. */
final class Traffic implements AutoCloseable {
  private final Thread thread;
  private final CompletableFuture<Void> done;

  private Traffic(Thread thread, CompletableFuture<Void> done) {
    this.thread = thread;
    this.done = done;
  }

  static Traffic start(
      CrashPlan plan, List<Linked> accounts, List<String> people, Supplier<Caller> callers) {
    var done = new CompletableFuture<Void>();
    Thread thread =
        Thread.ofVirtual()
            .name("traffic")
            .start(() -> {
              try {
                Parallel.forEach(
                    IntStream.range(0, plan.callers()).boxed().toList(),
                    plan.callers(),
                    chat -> write(plan, chat, accounts, people, callers.get()));
                done.complete(null);
              } catch (InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    return new Traffic(thread, done);
  }

  private static void write(
      CrashPlan plan, int chat, List<Linked> accounts, List<String> people, Caller caller)
      throws InterruptedException {
    int account = chat / plan.chats();
    String to = people.get((account + chat % plan.chats()) % people.size());
    caller.write(chat, plan.messagesPerChat(), accounts.get(account).instanceId(), to);
  }

  /** Waits until every message is accepted. */
  void await() throws InterruptedException {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new dev.switchboard.loadtest.run.LoadTestException(
          "a caller gave up: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
