package dev.switchboard.egress.client;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Reads an answer piece by piece, as it comes, and keeps its beginning. An answer counts when it is
 * whole, or so long that nobody wants the rest; then its connection is closed. Used by one thread
 * of the client at a time.
 */
final class AnswerReader implements Subscriber<HttpObject> {
  /** How much of an answer is read. */
  static final int MOST_READ = 64 << 10;

  /** How much of it is kept. */
  static final int MOST_KEPT = 1 << 10;

  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;
  private @Nullable ResponseHeaders headers;
  private int read;

  CompletableFuture<Answer> answer() {
    return answer;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(HttpObject part) {
    switch (part) {
      case ResponseHeaders said when !said.status().isInformational() -> headers = said;
      case HttpData data -> take(data.array());
      default -> {} // What goes before the answer, and trailers: both say nothing that counts.
    }
    if (read < MOST_READ) {
      subscription().request(1);
    } else {
      complete();
      subscription().cancel();
    }
  }

  private void take(byte[] bytes) {
    read = (int) Math.min(MOST_READ, (long) read + bytes.length);
    kept.write(bytes, 0, Math.min(bytes.length, MOST_KEPT - kept.size()));
  }

  @Override
  public void onComplete() {
    complete();
  }

  @Override
  public void onError(Throwable cause) {
    answer.completeExceptionally(cause);
  }

  private void complete() {
    if (headers == null) {
      answer.completeExceptionally(new IllegalStateException("an answer without a status"));
      return;
    }
    answer.complete(
        new Answer(
            headers.status().code(),
            Optional.ofNullable(headers.get(HttpHeaderNames.RETRY_AFTER)),
            kept.toByteArray()));
  }

  private Subscription subscription() {
    if (subscription == null) {
      throw new IllegalStateException("nothing comes before the subscription");
    }
    return subscription;
  }
}
