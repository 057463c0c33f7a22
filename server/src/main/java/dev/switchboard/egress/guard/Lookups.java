package dev.switchboard.egress.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up on a few threads of its own. The machine's resolver blocks for as long as a name
 * server likes and holds the thread below a virtual one meanwhile, so a name server of somebody's
 * own could stop the whole gateway. Who waits for the same name shares one lookup.
 */
final class Lookups implements AutoCloseable {
  private static final int MOST_THREADS = 16;
  private static final int MOST_WAITING = 256;
  private static final int SECONDS_IDLE = 30;

  private final Resolver resolver;
  private final ThreadPoolExecutor threads;
  private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> running =
      new ConcurrentHashMap<>();

  Lookups(Resolver resolver) {
    this.resolver = resolver;
    this.threads =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            SECONDS_IDLE,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("egress-lookup-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  List<InetAddress> lookUp(String name, Deadline deadline)
      throws EgressException, InterruptedException {
    try {
      return lookup(name).get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new EgressException(Fault.TIMED_OUT, "the name was not found in time", e);
    } catch (ExecutionException e) {
      throw new EgressException(Fault.NAME_NOT_FOUND, "the name leads to no address", e);
    } catch (RejectedExecutionException e) {
      throw new EgressException(Fault.TIMED_OUT, "too many names are being looked up", e);
    }
  }

  private CompletableFuture<List<InetAddress>> lookup(String name) {
    return running.computeIfAbsent(name, this::start);
  }

  private CompletableFuture<List<InetAddress>> start(String name) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    threads.execute(() -> finish(name, answer));
    return answer;
  }

  private void finish(String name, CompletableFuture<List<InetAddress>> answer) {
    try {
      List<InetAddress> addresses = resolve(name);
      running.remove(name, answer); // First: who asks after an answer gets another.
      answer.complete(addresses);
    } catch (UnknownHostException | RuntimeException e) {
      running.remove(name, answer);
      answer.completeExceptionally(e);
    }
  }

  private List<InetAddress> resolve(String name) throws UnknownHostException {
    List<InetAddress> addresses = List.copyOf(resolver.resolve(name));
    if (addresses.isEmpty()) {
      throw new UnknownHostException();
    }
    return addresses;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
