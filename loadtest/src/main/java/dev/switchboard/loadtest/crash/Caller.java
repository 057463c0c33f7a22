package dev.switchboard.loadtest.crash;

import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.run.LoadTestException;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one chat, one message after the other, and repeats each call under its request id until
 * it is answered: so it knows the order in which its messages were accepted.
 */
final class Caller {
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** What a caller cannot know the outcome of, or is told to try again. */
  private static final Set<Code> REPEATED =
      EnumSet.of(
          Code.UNAVAILABLE,
          Code.DEADLINE_EXCEEDED,
          Code.CANCELLED,
          Code.UNKNOWN,
          Code.INTERNAL,
          Code.RESOURCE_EXHAUSTED);

  /** The server as callers find it: another address after each restart, and none in between. */
  static final class Target {
    private @Nullable GatewayClient gateway;

    synchronized void moveTo(@Nullable GatewayClient next) {
      gateway = next;
      notifyAll();
    }

    synchronized GatewayClient await() throws InterruptedException {
      while (gateway == null) {
        wait();
      }
      return gateway;
    }
  }

  private final Target target;
  private final Answers answers;
  private final Semaphore permits;
  private final Repeats repeats;

  Caller(Target target, Answers answers, Semaphore permits, Repeats repeats) {
    this.target = target;
    this.answers = answers;
    this.permits = permits;
    this.repeats = repeats;
  }

  /** Sends the messages of a chat, each when there is a permit for one. */
  void write(int chat, int messages, String instanceId, String phoneNumber)
      throws InterruptedException {
    for (int place = 0; place < messages; place++) {
      permits.acquire();
      var nonce = new Nonce(chat, place);
      answers.accepted(nonce, send(request(nonce, instanceId, phoneNumber)));
    }
  }

  private String send(SendMessageRequest request) throws InterruptedException {
    while (true) {
      try {
        return target.await().trySend(request, DEADLINE).getMessage().getMessageId();
      } catch (StatusRuntimeException e) {
        if (!REPEATED.contains(e.getStatus().getCode())) {
          throw new LoadTestException("SendMessage was refused: " + e.getMessage(), e);
        }
        repeats.add(e);
        Thread.sleep(PAUSE);
      }
    }
  }

  private static SendMessageRequest request(Nonce nonce, String instanceId, String phoneNumber) {
    return SendMessageRequest.newBuilder()
        .setInstanceId(instanceId)
        .setTo(Peer.newBuilder().setPhoneNumber(phoneNumber))
        .setText(TextContent.newBuilder().setText(nonce.text()))
        .setRequestId(UUID.randomUUID().toString())
        .build();
  }
}
