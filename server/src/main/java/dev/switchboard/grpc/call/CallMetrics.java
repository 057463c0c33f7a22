package dev.switchboard.grpc.call;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Measures every call: how many, how long, by method and code. Names nobody. */
public final class CallMetrics implements ServerInterceptor {
  private static final String NAME = "switchboard.api.calls";

  private final MeterRegistry registry;
  private final ConcurrentMap<Kind, Timer> timers = new ConcurrentHashMap<>();

  /** As many as there are methods and codes. */
  private record Kind(String method, Status.Code code) {}

  public CallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Timer.Sample begun = Timer.start(registry);
    String method = call.getMethodDescriptor().getFullMethodName();
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            begun.stop(timer(new Kind(method, status.getCode())));
            super.close(status, trailers);
          }
        },
        headers);
  }

  /** To look for it in the registry takes longer than the rest of the measuring. */
  private Timer timer(Kind kind) {
    Timer known = timers.get(kind);
    return known != null
        ? known
        : timers.computeIfAbsent(
            kind, it -> registry.timer(NAME, "method", it.method(), "code", it.code().name()));
  }
}
