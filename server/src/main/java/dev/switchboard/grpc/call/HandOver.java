package dev.switchboard.grpc.call;

import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings a call to its virtual thread with one change of threads. Left to itself, gRPC changes
 * three times before a unary method runs: to begin the call, back to the event loop to ask for the
 * request, and forth with the request; on an idle machine each takes up to a tenth of a
 * millisecond, until a sleeping processor is awake. Here the event loop gathers the request of a
 * unary call, and all of the call is served in one go.
 *
 * <p>The event loop parses the request and runs nothing else of a call, and gathers only for
 * callers whose key is known: what strangers send is not read before they were refused. The
 * outermost interceptor.
 */
public final class HandOver implements ServerInterceptor, ServerCallExecutorSupplier {
  /** The request, and one too many to notice that there is another. */
  private static final int REQUESTS = 2;

  private final Executor calls;
  private final Predicate<Metadata> known;

  /**
   * @param calls has a virtual thread for each call
   * @param known whether the caller's key is known, without asking storage
   */
  public HandOver(Executor calls, Predicate<Metadata> known) {
    this.calls = calls;
    this.known = known;
  }

  @Override
  public <Q, R> Executor getExecutor(ServerCall<Q, R> call, Metadata headers) {
    return call.getMethodDescriptor().getType() == MethodType.UNARY && known.test(headers)
        ? Runnable::run
        : calls;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (Thread.currentThread().isVirtual()) {
      return next.startCall(call, headers);
    }
    call.request(REQUESTS);
    return new Gathered<>(new Requested<>(call), headers, next);
  }

  /** A call whose request was asked for. */
  private static final class Requested<Q, R> extends SimpleForwardingServerCall<Q, R> {
    Requested(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void request(int messages) {}
  }

  /**
   * What an event loop knows of a call. Nobody waits for room for the single answer, so {@code
   * onReady} is not passed on.
   */
  private final class Gathered<Q, R> extends ServerCall.Listener<Q> {
    private final ServerCall<Q, R> call;
    private final Metadata headers;
    private final ServerCallHandler<Q, R> next;
    private final List<Q> messages = new ArrayList<>(1);
    private final CountDownLatch served = new CountDownLatch(1);
    private boolean handedOver;
    private ServerCall.@Nullable Listener<Q> listener;

    Gathered(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      this.call = call;
      this.headers = headers;
      this.next = next;
    }

    @Override
    public void onMessage(Q message) {
      messages.add(message);
      if (messages.size() == REQUESTS) {
        handOver(); // To be refused; what else comes is not waited for.
      }
    }

    @Override
    public void onHalfClose() {
      if (!handedOver) {
        handOver();
      }
    }

    private void handOver() {
      handedOver = true;
      calls.execute(Context.current().wrap(this::serve));
    }

    @Override
    public void onCancel() {
      end(ServerCall.Listener::onCancel);
    }

    @Override
    public void onComplete() {
      end(ServerCall.Listener::onComplete);
    }

    private void serve() {
      try {
        ServerCall.Listener<Q> begun = next.startCall(call, headers);
        listener = begun;
        messages.forEach(begun::onMessage);
        begun.onHalfClose();
      } catch (Throwable e) {
        call.close(Status.UNKNOWN.withCause(e), new Metadata());
        throw e;
      } finally {
        served.countDown();
      }
    }

    /** The last callback, which must not run beside another. */
    private void end(Consumer<ServerCall.Listener<Q>> last) {
      if (!handedOver) {
        return;
      }
      if (served.getCount() == 0) {
        tell(last);
      } else {
        calls.execute(
            Context.current()
                .wrap(() -> {
                  if (awaitServed()) {
                    tell(last);
                  }
                }));
      }
    }

    private boolean awaitServed() {
      try {
        served.await();
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false; // The server ends, and all calls with it.
      }
    }

    private void tell(Consumer<ServerCall.Listener<Q>> last) {
      if (listener != null) {
        last.accept(listener);
      }
    }
  }
}
