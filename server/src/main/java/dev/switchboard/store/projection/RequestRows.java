package dev.switchboard.store.projection;

import static dev.switchboard.store.jooq.Tables.REQUEST;

import dev.switchboard.journal.JournalEntry;
import dev.switchboard.model.message.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Which requests of the last 24 hours were answered with which message. */
final class RequestRows {
  private static final Duration WINDOW = Duration.ofHours(24);
  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);
  private static final int SWEEP_LIMIT = 20_000;

  private record Key(String tenant, String instance, String id) {}

  /** In the time of the entries. */
  private Instant nextSweep = Instant.MIN;

  /** The newest answer counts: an older one is forgotten before its request comes again. */
  void write(DSLContext dsl, Collection<JournalEntry.Accepted> accepted) {
    var rows = new LinkedHashMap<Key, Object[]>();
    for (var entry : accepted) {
      @Nullable Request request = entry.request();
      if (request != null) {
        var tenant = entry.account().tenant().value();
        var instance = entry.account().instance().value();
        rows.put(
            new Key(tenant, instance, request.id()),
            new Object[] {
              tenant, instance, request.id(), request.bodyHash(), entry.id().value(), entry.at()
            });
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

  private static void insert(DSLContext dsl, Map<Key, Object[]> rows) {
    var insert =
        dsl.insertInto(
                REQUEST,
                REQUEST.TENANT_ID,
                REQUEST.INSTANCE_ID,
                REQUEST.ID,
                REQUEST.BODY_HASH,
                REQUEST.MESSAGE_ID,
                REQUEST.CREATED_AT)
            .values("", "", "", new byte[0], "", Instant.EPOCH)
            .onConflict(REQUEST.TENANT_ID, REQUEST.INSTANCE_ID, REQUEST.ID)
            .doUpdate()
            .set(REQUEST.BODY_HASH, DSL.excluded(REQUEST.BODY_HASH))
            .set(REQUEST.MESSAGE_ID, DSL.excluded(REQUEST.MESSAGE_ID))
            .set(REQUEST.CREATED_AT, DSL.excluded(REQUEST.CREATED_AT));
    dsl.batch(insert).bind(new ArrayList<>(rows.values()).toArray(Object[][]::new)).execute();
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
