package dev.switchboard.store.account;

import dev.switchboard.model.AccountKey;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Lets an account be unlinked only between the transactions that count on the link. To be taken
 * before anything else is locked: not the instance's row, since those who share it would wait for
 * each other as soon as they change it.
 */
public final class LinkLock {
  private LinkLock() {}

  /** Many at a time; until the transaction ends the account is not unlinked. */
  public static void share(DSLContext dsl, AccountKey account) {
    take(dsl, "pg_advisory_xact_lock_shared", account);
  }

  /** Waits for those who share it, and keeps others away until the transaction ends. */
  static void own(DSLContext dsl, AccountKey account) {
    take(dsl, "pg_advisory_xact_lock", account);
  }

  /** Two accounts of the same hash wait for each other now and then, and that is all. */
  private static void take(DSLContext dsl, String function, AccountKey account) {
    String name = "link of " + account;
    dsl.select(DSL.field(function + "(hashtextextended({0}, 0))", DSL.val(name))).execute();
  }
}
