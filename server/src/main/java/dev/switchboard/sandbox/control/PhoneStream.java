package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.sandbox.v1.StreamPhoneMessagesResponse;
import dev.switchboard.sandbox.phone.inbox.PhoneWatchers;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Streams one phone's messages on the call's own virtual thread: reads the log, and again whenever
 * something was added or the caller has read on. Buffers nothing, so a slow caller costs nothing.
 */
final class PhoneStream {
  private static final int PAGE = 100;

  private final PhoneLog log;
  private final ServerCallStreamObserver<StreamPhoneMessagesResponse> caller;
  private final Semaphore news = new Semaphore(1);

  PhoneStream(PhoneLog log, ServerCallStreamObserver<StreamPhoneMessagesResponse> caller) {
    this.log = log;
    this.caller = caller;
    caller.setOnReadyHandler(news::release);
    caller.setOnCancelHandler(news::release);
  }

  void run(PhoneWatchers watchers, String phone, long afterSequence) throws InterruptedException {
    long last = afterSequence;
    try (var _ = watchers.watch(phone, news::release)) {
      while (!caller.isCancelled()) {
        news.acquire();
        news.drainPermits();
        last = send(phone, last);
      }
    }
  }

  private long send(String phone, long afterSequence) {
    long last = afterSequence;
    while (caller.isReady() && !caller.isCancelled()) {
      List<PhoneMessage> page = log.after(phone, last, PAGE);
      for (PhoneMessage message : page) {
        caller.onNext(StreamPhoneMessagesResponse.newBuilder().setMessage(message).build());
        last = message.getSequence();
      }
      if (page.isEmpty()) {
        break;
      }
    }
    return last;
  }
}
