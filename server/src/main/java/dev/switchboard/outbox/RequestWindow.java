package dev.switchboard.outbox;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.Request;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Which requests of the last 24 hours were answered with which message, so that a repeat gets the
 * first answer. In memory; filled again after a start from what the journal and storage hold.
 */
public final class RequestWindow {
  /** How long a request is remembered. */
  public static final Duration LENGTH = Duration.ofHours(24);

  private final InstantSource clock;
  private final int limit;

  /** In order of age, so that those to forget are the first. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /**
   * A window of a bounded size.
   *
   * @param limit how many requests are remembered at once
   */
  public RequestWindow(InstantSource clock, int limit) {
    this.clock = clock;
    this.limit = limit;
  }

  /** The message that a request was answered with. */
  public record Answer(AccountKey account, MessageId id, Instant at) {}

  /** What a request asks for, once. */
  interface Work {
    Answer run() throws InterruptedException;
  }

  /**
   * Does the work, or answers as the work did that was done before under this id. A repeat that
   * comes while the work is under way waits for it; work that failed is forgotten.
   *
   * @throws GatewayException REQUEST_ID_REUSED when it said something else before;
   *     REQUEST_IDS_EXHAUSTED when as many are remembered as is allowed
   */
  Answer once(TenantId tenant, Request request, Work work) throws InterruptedException {
    Begun begun = begin(tenant, request);
    return begun.first() ? begun.complete(work) : begun.await();
  }

  /**
   * Begins a request; who is the first has to complete it, or to say that it failed.
   *
   * @throws GatewayException as {@link #once}
   */
  Begun begin(TenantId tenant, Request request) {
    Key key = new Key(tenant, request.id());
    Entry fresh = new Entry(request.bodyHash(), clock.instant(), new CompletableFuture<>());
    // What can be done before is not done under the lock, for which all callers wait.
    Instant oldest = fresh.at.minus(LENGTH);
    Entry known = enter(key, fresh, oldest);
    if (known != null && !MessageDigest.isEqual(known.bodyHash, request.bodyHash())) {
      throw new GatewayException(
          Reason.REQUEST_ID_REUSED, "the request_id was used with another body before");
    }
    return new Begun(key, known == null ? fresh : known, known == null);
  }

  /** A request that is under way or done. */
  final class Begun {
    private final Key key;
    private final Entry entry;
    private final boolean first;

    private Begun(Key key, Entry entry, boolean first) {
      this.key = key;
      this.entry = entry;
      this.first = first;
    }

    /** Whether this is the call that does the work. */
    boolean first() {
      return first;
    }

    void complete(Answer answer) {
      entry.answer.complete(answer);
    }

    /** The work failed: it is forgotten. */
    void fail(Exception why) {
      forget(key);
      entry.answer.completeExceptionally(why);
    }

    /** The answer, when the call that does the work has it. */
    Answer await() throws InterruptedException {
      return RequestWindow.await(entry);
    }

    private Answer complete(Work work) throws InterruptedException {
      try {
        Answer answer = work.run();
        complete(answer);
        return answer;
      } catch (RuntimeException | InterruptedException e) {
        fail(e);
        throw e;
      }
    }
  }

  /**
   * Remembers a request of before the start; one that is too old is left alone. To be told in order
   * of age: where there are too many, the oldest are forgotten.
   */
  public synchronized void restore(TenantId tenant, Request request, Answer answer) {
    Key key = new Key(tenant, request.id());
    Entry known = entries.get(key);
    boolean newer = known == null || known.at.isBefore(answer.at());
    if (newer && answer.at().isAfter(clock.instant().minus(LENGTH))) {
      entries.remove(key);
      entries.put(
          key,
          new Entry(request.bodyHash(), answer.at(), CompletableFuture.completedFuture(answer)));
      if (entries.size() > limit) {
        entries.remove(entries.keySet().iterator().next());
      }
    }
  }

  /** How many requests are remembered. */
  synchronized int size() {
    return entries.size();
  }

  private static Answer await(Entry entry) throws InterruptedException {
    try {
      return entry.answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new GatewayException(Reason.SHUTTING_DOWN, "the first request was interrupted", e);
    }
  }

  private synchronized @Nullable Entry enter(Key key, Entry fresh, Instant oldest) {
    forgetOld(oldest);
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

  private void forgetOld(Instant oldest) {
    for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
      if (all.next().at.isAfter(oldest)) {
        break;
      }
      all.remove();
    }
  }

  private synchronized void forget(Key key) {
    entries.remove(key);
  }

  private record Key(TenantId tenant, String id) {
    /** A text remembers its hash, which is counted here. */
    Key {
      var _ = id.hashCode();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared by MessageDigest.isEqual.
  private record Entry(byte[] bodyHash, Instant at, CompletableFuture<Answer> answer) {}
}
