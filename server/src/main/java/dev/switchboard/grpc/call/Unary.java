package dev.switchboard.grpc.call;

import dev.switchboard.grpc.call.RequestLedger.Work;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import io.grpc.stub.StreamObserver;

/** Calls with one answer: the body returns it or throws. */
public final class Unary {
  private Unary() {}

  public static <R> void answer(StreamObserver<R> observer, Work<? extends R> body) {
    observer.onNext(run(body));
    observer.onCompleted();
  }

  /** Runs what may be interrupted, which happens only when the server ends. */
  public static <R> R run(Work<? extends R> body) {
    try {
      return body.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayException(Reason.SHUTTING_DOWN, "the gateway is shutting down", e);
    }
  }
}
