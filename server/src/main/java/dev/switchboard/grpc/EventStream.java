package dev.switchboard.grpc;

import dev.switchboard.grpc.call.Caller;
import dev.switchboard.inbox.Subscription;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream of answers, written by its own virtual thread and only as fast as the caller reads.
 * What a slow caller has not read yet waits in its bounded {@link Subscription}, not here.
 */
final class EventStream<R> {
  /** How long a caller may leave the stream full before it is ended. */
  static final Duration WRITE_LIMIT = Duration.ofSeconds(60);

  /** How often the key of a long stream is looked at again. */
  static final Duration RECHECK = Duration.ofSeconds(15);

  private final ServerCallStreamObserver<R> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ready = lock.newCondition();

  private EventStream(ServerCallStreamObserver<R> call) {
    this.call = call;
  }

  /** Writes a stream until it returns; it is interrupted when the caller goes away. */
  @FunctionalInterface
  interface Body<R> {
    void write(EventStream<R> stream) throws InterruptedException;
  }

  /** What to do with each event. */
  @FunctionalInterface
  interface Step<E> {
    /** Returns whether the stream goes on. */
    boolean take(E event) throws InterruptedException;
  }

  /**
   * Serves the body on a virtual thread of its own; call it from the thread that serves the call,
   * since the handlers must be set before that returns.
   *
   * @param subscription left when the stream ends
   */
  static <R> void serve(StreamObserver<R> observer, Subscription<?> subscription, Body<R> body) {
    if (!(observer instanceof ServerCallStreamObserver<R> call)) {
      throw new IllegalArgumentException("not the observer of a server's call");
    }
    EventStream<R> stream = new EventStream<>(call);
    Thread writer =
        Thread.ofVirtual().name("stream").unstarted(() -> stream.run(subscription, body));
    call.setOnReadyHandler(stream::signal);
    call.setOnCancelHandler(writer::interrupt);
    writer.start();
  }

  /** Passes every event on until one is the last, the subscription ends or the key is revoked. */
  <E> void forward(Subscription<E> events, Caller caller, Step<E> step)
      throws InterruptedException {
    long checkedAt = System.nanoTime();
    boolean open = true;
    while (open) {
      var event = events.take(RECHECK);
      if (System.nanoTime() - checkedAt >= RECHECK.toNanos()) {
        caller.recheck();
        checkedAt = System.nanoTime();
      }
      if (event.isPresent()) {
        open = step.take(event.get());
      }
    }
  }

  /** Writes one answer once the caller has room for it. */
  void write(R answer) throws InterruptedException {
    awaitRoom();
    call.onNext(answer);
  }

  private void run(Subscription<?> subscription, Body<R> body) {
    try (subscription) {
      body.write(this);
      call.onCompleted();
    } catch (InterruptedException e) {
      // The caller went away, or the server is ending and has told so already.
    } catch (RuntimeException e) {
      call.onError(e);
    }
  }

  private void awaitRoom() throws InterruptedException {
    long nanosLeft = WRITE_LIMIT.toNanos();
    lock.lockInterruptibly();
    try {
      while (!call.isReady()) {
        if (nanosLeft <= 0) {
          throw GatewayException.retryable(
              Reason.SUBSCRIBER_TOO_SLOW,
              "nothing was read from the stream for " + WRITE_LIMIT.toSeconds() + " seconds",
              Duration.ofSeconds(1),
              null);
        }
        nanosLeft = ready.awaitNanos(nanosLeft);
      }
    } finally {
      lock.unlock();
    }
  }

  private void signal() {
    lock.lock();
    try {
      ready.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
