package dev.switchboard.outbox;

import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.Request;
import java.time.Instant;
import java.util.function.Consumer;

/** The requests that storage knows of: the journal keeps its files for a few hours only. */
public interface StoredRequests {
  /** A request and what it was answered with. */
  record Stored(TenantId tenant, Request request, RequestWindow.Answer answer) {}

  /**
   * Visits the newest requests, the oldest of them first.
   *
   * @param after older ones are left out
   * @param most how many at most
   * @throws dev.switchboard.model.GatewayException STORAGE_UNAVAILABLE
   */
  void forEachNewest(Instant after, int most, Consumer<Stored> visitor);
}
