package dev.switchboard.grpc.call;

import dev.switchboard.instance.pairing.Subscription;
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
public final class EventStream<R> {
  /** How long a caller may leave the stream full before it is ended. */
  static final Duration WRITE_LIMIT = Duration.ofSeconds(60);

  /** How often the key of a long stream is looked at again. */
  public static final Duration RECHECK = Duration.ofSeconds(15);

  private final ServerCallStreamObserver<R> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ready = lock.newCondition();

  private final Duration writeLimit;

  private EventStream(ServerCallStreamObserver<R> call, Duration writeLimit) {
    this.call = call;
    this.writeLimit = writeLimit;
  }

  /** Writes a stream until it returns; it is interrupted when the caller goes away. */
  @FunctionalInterface
  public interface Body<R> {
    void write(EventStream<R> stream) throws InterruptedException;
  }

  /** What to do with each event. */
  @FunctionalInterface
  public interface Step<E> {
    /** Returns whether the stream goes on. */
    boolean take(E event) throws InterruptedException;
  }

  /**
   * Serves the body on a virtual thread of its own; call it from the thread that serves the call,
   * since the handlers must be set before that returns.
   *
   * @param subscription left when the stream ends
   */
  public static <R> void serve(
      StreamObserver<R> observer, Subscription<?> subscription, Body<R> body) {
    serve(observer, WRITE_LIMIT, subscription::close, body);
  }

  /**
   * The same for a body that reads from anywhere.
   *
   * @param writeLimit how long the caller may leave the stream full before it is ended
   * @param leave what to do when the stream ends
   */
  public static <R> void serve(
      StreamObserver<R> observer, Duration writeLimit, Runnable leave, Body<R> body) {
    if (!(observer instanceof ServerCallStreamObserver<R> call)) {
      throw new IllegalArgumentException("not the observer of a server's call");
    }
    EventStream<R> stream = new EventStream<>(call, writeLimit);
    Thread writer = Thread.ofVirtual().name("stream").unstarted(() -> stream.run(leave, body));
    call.setOnReadyHandler(stream::signal);
    call.setOnCancelHandler(writer::interrupt);
    writer.start();
  }

  /** Passes every event on until one is the last, the subscription ends or the key is revoked. */
  public <E> void forward(Subscription<E> events, Caller caller, Step<E> step)
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
  public void write(R answer) throws InterruptedException {
    awaitRoom();
    call.onNext(answer);
  }

  private void run(Runnable leave, Body<R> body) {
    try {
      body.write(this);
      call.onCompleted();
    } catch (InterruptedException e) {
      // The caller went away, or the server is ending and has told so already.
    } catch (RuntimeException e) {
      call.onError(e);
    } finally {
      leave.run();
    }
  }

  private void awaitRoom() throws InterruptedException {
    long nanosLeft = writeLimit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!call.isReady()) {
        if (nanosLeft <= 0) {
          throw GatewayException.retryable(
              Reason.SUBSCRIBER_TOO_SLOW,
              "nothing was read from the stream for " + writeLimit.toSeconds() + " seconds",
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
