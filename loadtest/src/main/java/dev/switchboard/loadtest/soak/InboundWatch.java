package dev.switchboard.loadtest.soak;

import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.StreamMessagesResponse;
import io.grpc.stub.StreamObserver;

/** Hears what the server tells of answers. */
final class InboundWatch implements StreamObserver<StreamMessagesResponse> {
  private final Ledger ledger;
  private volatile boolean broken;

  InboundWatch(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether the stream ended or left something out: what was missed is not known then. */
  boolean broken() {
    return broken;
  }

  @Override
  public void onNext(StreamMessagesResponse event) {
    switch (event.getEventCase()) {
      case RECEIVED -> told(event.getReceived().getMessage());
      case RESOLVED -> told(event.getResolved().getMessage());
      case GAP -> broken = true;
      case SUBSCRIBED, STATUS_CHANGED, EVENT_NOT_SET -> {}
    }
  }

  /** One that could not be read says nothing yet. */
  private void told(Message message) {
    Nonce.in(message.getText().getText()).ifPresent(ledger::told);
  }

  @Override
  public void onError(Throwable failure) {
    broken = true;
  }

  @Override
  public void onCompleted() {
    broken = true;
  }
}
