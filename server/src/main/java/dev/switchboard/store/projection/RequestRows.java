package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.REQUEST;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.message.Request;
import dev.switchboard.store.database.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Which requests of the last 24 hours were answered with which message. */
final class RequestRows {
  private static final Duration WINDOW = Duration.ofHours(24);
  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);
  private static final int SWEEP_LIMIT = 20_000;

  private static final String INSERT =
      """
      insert into request (tenant_id, instance_id, id, message_id, created_at, body_hash)
      select k.tenant, k.instance, k.id, k.message, k.created_at::timestamptz, k.body_hash
      from unnest({0}) as k(tenant, instance, id, message, created_at, body_hash)
      on conflict (tenant_id, instance_id, id) do update set
        body_hash = excluded.body_hash,
        message_id = excluded.message_id,
        created_at = excluded.created_at
      """;

  private record Key(AccountKey account, String id) {}

  /** In the time of the entries. */
  private Instant nextSweep = Instant.MIN;

  /** The newest answer counts: an older one is forgotten before its request comes again. */
  void write(DSLContext dsl, Collection<JournalEntry.Accepted> accepted) {
    var rows = new LinkedHashMap<Key, JournalEntry.Accepted>();
    for (var entry : accepted) {
      @Nullable Request request = entry.request();
      if (request != null) {
        rows.put(new Key(entry.account(), request.id()), entry);
      }
    }
    if (!rows.isEmpty()) {
      insert(dsl, rows);
      accepted.stream()
          .map(JournalEntry.Accepted::at)
          .max(Instant::compareTo)
          .ifPresent(now -> sweep(dsl, now));
    }
  }

  private static void insert(DSLContext dsl, Map<Key, JournalEntry.Accepted> rows) {
    var texts = new Texts(5);
    var hashes = new ArrayList<byte[]>(rows.size());
    rows.forEach((key, entry) -> {
      texts.add(key.account().tenant(), key.account().instance(), key.id(), entry.id(), entry.at());
      hashes.add(Objects.requireNonNull(entry.request()).bodyHash());
    });
    var _ = texts.execute(dsl, INSERT, hashes.toArray(byte[][]::new));
  }

  /** Now and then, and a bounded number at once. */
  private void sweep(DSLContext dsl, Instant now) {
    if (now.isBefore(nextSweep)) {
      return;
    }
    nextSweep = now.plus(SWEEP_INTERVAL);
    var ended =
        DSL.select(REQUEST.TENANT_ID, REQUEST.INSTANCE_ID, REQUEST.ID)
            .from(REQUEST)
            .where(REQUEST.CREATED_AT.le(now.minus(WINDOW)))
            .orderBy(REQUEST.CREATED_AT)
            .limit(SWEEP_LIMIT)
            .forUpdate()
            .skipLocked();
    dsl.deleteFrom(REQUEST)
        .where(DSL.row(REQUEST.TENANT_ID, REQUEST.INSTANCE_ID, REQUEST.ID).in(ended))
        .execute();
  }
}
