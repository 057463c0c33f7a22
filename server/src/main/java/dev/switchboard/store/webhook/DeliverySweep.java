package dev.switchboard.store.webhook;

import dev.switchboard.webhook.WebhookKey;
import java.time.Instant;
import org.jooq.DSLContext;

/**
 * Deletes deliveries that came to their end. Those at or after the place stay: at a start they say
 * what of the log is not to be posted again. So do those of a replay that is running.
 */
final class DeliverySweep {
  private static final String SQL =
      """
      delete from webhook_delivery
      where ctid = any (array(
        select k.ctid
        from webhook_delivery k
        join webhook w on w.tenant_id = k.tenant_id and w.id = k.webhook_id
        where k.tenant_id = ? and k.webhook_id = ? and k.state <> 'WAITING'
          and k.updated_at < greatest(?::timestamptz, coalesce((
            select n.updated_at
            from webhook_delivery n
            where n.tenant_id = ? and n.webhook_id = ? and n.state <> 'WAITING'
            order by n.updated_at desc
            offset ? limit 1), '-infinity'::timestamptz))
          and (k.round > 0 or k.position < w.place)
          and (w.replay_next is null or k.round <> w.rounds or k.position < w.replay_next)
        order by k.updated_at
        limit ?
      ))
      """;

  private DeliverySweep() {}

  static int run(DSLContext dsl, WebhookKey key, Instant before, int most, int limit) {
    var tenant = key.tenant().value();
    return dsl.execute(SQL, tenant, key.id(), before.toString(), tenant, key.id(), most - 1, limit);
  }
}
