package dev.switchboard.loadtest.soak;

import dev.switchboard.api.sandbox.v1.StreamPhoneMessagesResponse;
import dev.switchboard.loadtest.client.SandboxClient;
import io.grpc.stub.StreamObserver;

/** Follows what a phone shows; a stream that ends is followed by another from there on. */
final class PhoneWatch implements StreamObserver<StreamPhoneMessagesResponse> {
  private final SandboxClient sandbox;
  private final String phoneNumber;
  private final Ledger ledger;
  private volatile boolean ended;
  private long last;

  PhoneWatch(SandboxClient sandbox, String phoneNumber, Ledger ledger) {
    this.sandbox = sandbox;
    this.phoneNumber = phoneNumber;
    this.ledger = ledger;
  }

  void begin() {
    sandbox.watchPhone(phoneNumber, last, this);
  }

  void end() {
    ended = true;
  }

  @Override
  public void onNext(StreamPhoneMessagesResponse event) {
    var message = event.getMessage();
    last = message.getSequence();
    Nonce.in(message.getText()).ifPresent(ledger::arrived);
  }

  @Override
  public void onError(Throwable failure) {
    if (!ended) {
      begin();
    }
  }

  @Override
  public void onCompleted() {
    if (!ended) {
      begin();
    }
  }
}
