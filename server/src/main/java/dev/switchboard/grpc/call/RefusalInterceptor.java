package dev.switchboard.grpc.call;

import dev.switchboard.model.GatewayException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outermost interceptor: whatever a call throws, or ends with, becomes a status that callers
 * can tell apart. What nobody foresaw is logged under an id, and only the id is told.
 */
public final class RefusalInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalInterceptor.class);

  private final Supplier<String> errorIds;

  /**
   * @param errorIds names faults, each another
   */
  public RefusalInterceptor(Supplier<String> errorIds) {
    this.errorIds = errorIds;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Guarded<Q, R> guarded = new Guarded<>(call);
    try {
      return new GuardedListener<>(guarded, next.startCall(guarded, headers));
    } catch (RuntimeException e) {
      guarded.refuse(e);
      return new ServerCall.Listener<>() {};
    }
  }

  private StatusRuntimeException map(Throwable thrown, String method) {
    if (thrown instanceof GatewayException refusal) {
      return Refusals.of(refusal);
    }
    if (thrown instanceof StatusRuntimeException status) {
      return status;
    }
    String errorId = errorIds.get();
    LOG.error("{}: internal error {}", method, errorId, thrown);
    return Refusals.internal(errorId);
  }

  /** Closes once, and never with an exception in place of a status. */
  private final class Guarded<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final AtomicBoolean closed = new AtomicBoolean();

    Guarded(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      Throwable cause = status.getCause();
      if (cause != null && !status.isOk()) {
        refuse(cause);
      } else if (closed.compareAndSet(false, true)) {
        super.close(status, trailers);
      }
    }

    void refuse(Throwable thrown) {
      if (closed.compareAndSet(false, true)) {
        StatusRuntimeException mapped = map(thrown, getMethodDescriptor().getFullMethodName());
        Metadata trailers = mapped.getTrailers();
        super.close(mapped.getStatus(), trailers == null ? new Metadata() : trailers);
      }
    }

    boolean isClosed() {
      return closed.get();
    }
  }

  /** Passes nothing more on after the call was refused. */
  private static final class GuardedListener<Q, R> extends SimpleForwardingServerCallListener<Q> {
    private final Guarded<Q, R> call;

    GuardedListener(Guarded<Q, R> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    private void guard(Runnable callback) {
      if (call.isClosed()) {
        return;
      }
      try {
        callback.run();
      } catch (RuntimeException e) {
        call.refuse(e);
      }
    }
  }
}
