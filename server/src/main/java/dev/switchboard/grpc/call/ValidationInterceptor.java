package dev.switchboard.grpc.call;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Holds every request against the rules that stand at the fields of the contract. */
public final class ValidationInterceptor implements ServerInterceptor {
  private final FieldRules rules;

  public ValidationInterceptor(FieldRules rules) {
    this.rules = rules;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        rules.require(message);
        super.onMessage(message);
      }
    };
  }
}
