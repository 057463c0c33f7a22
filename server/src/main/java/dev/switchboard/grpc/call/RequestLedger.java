package dev.switchboard.grpc.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import io.grpc.stub.StreamObserver;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the answers to requests that carry an id, so that a repeat changes nothing and gets the
 * first answer. Lives as long as the process; messages have their own memory, on disk.
 *
 * <p>Of a request only a hash is kept: it may hold a password. Answers are remembered whole. Those
 * of CreateApiKey, CreateWebhook and RotateWebhookSecret hold a secret, which a repeat must get: it
 * lies in memory for the window, and nowhere else in this form.
 */
public final class RequestLedger {
  /** How long a request is remembered. */
  public static final Duration WINDOW = Duration.ofHours(24);

  private final InstantSource clock;
  private final int limit;

  /** In order of age, so that those to forget are the first. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /**
   * @param limit how many requests are remembered at once
   */
  public RequestLedger(InstantSource clock, int limit) {
    this.clock = clock;
    this.limit = limit;
  }

  /** What a call does, once. */
  @FunctionalInterface
  public interface Work<R> {
    R run() throws InterruptedException;
  }

  /** Answers a call of a tenant with what {@link #once} returns. */
  public <R extends Message> void answer(
      String requestId, Message request, StreamObserver<R> observer, Work<R> work) {
    TenantId tenant = Caller.current().tenant();
    Unary.answer(observer, () -> once(tenant, requestId, request, work));
  }

  /**
   * Does the work, or answers as the work did that was done before under this id. A repeat that
   * comes while the work is under way waits for it; work that failed is forgotten.
   *
   * @param requestId the caller's id, or empty to do the work in any case
   * @param request what is asked; another request under the same id is refused
   */
  @SuppressWarnings("unchecked") // What is the same request, type and all, has answers of one type.
  public <R extends Message> R once(
      TenantId tenant, String requestId, Message request, Work<R> work)
      throws InterruptedException {
    if (requestId.isEmpty()) {
      return work.run();
    }
    Key key = new Key(tenant, requestId);
    Entry fresh = new Entry(digest(request), clock.instant(), new CompletableFuture<>());
    Entry known = enter(key, fresh);
    if (known == null) {
      return (R) complete(key, fresh, work);
    }
    if (!known.request.equals(fresh.request)) {
      throw new GatewayException(
          Reason.REQUEST_ID_REUSED, "the request_id was used for another request");
    }
    return (R) await(known);
  }

  private Message complete(Key key, Entry entry, Work<? extends Message> work)
      throws InterruptedException {
    try {
      Message answer = work.run();
      entry.answer.complete(answer);
      return answer;
    } catch (RuntimeException | InterruptedException e) {
      forget(key);
      entry.answer.completeExceptionally(e);
      throw e;
    }
  }

  private static Message await(Entry entry) throws InterruptedException {
    try {
      return entry.answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new GatewayException(Reason.SHUTTING_DOWN, "the first request was interrupted", e);
    }
  }

  private synchronized @Nullable Entry enter(Key key, Entry fresh) {
    Instant oldest = fresh.at.minus(WINDOW);
    for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
      if (all.next().at.isAfter(oldest)) {
        break;
      }
      all.remove();
    }
    Entry known = entries.get(key);
    if (known == null) {
      if (entries.size() >= limit) {
        throw GatewayException.retryable(
            Reason.REQUEST_IDS_EXHAUSTED,
            "as many request ids are remembered as the gateway allows",
            Duration.ofMinutes(1),
            null);
      }
      entries.put(key, fresh);
    }
    return known;
  }

  /** Requests hold no maps: equal ones are the same bytes. */
  private static String digest(Message request) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(request.getDescriptorForType().getFullName().getBytes(UTF_8));
      return HexFormat.of().formatHex(sha256.digest(request.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private synchronized void forget(Key key) {
    entries.remove(key);
  }

  private record Key(TenantId tenant, String requestId) {}

  private record Entry(String request, Instant at, CompletableFuture<Message> answer) {}
}
