package dev.switchboard.store.contact;

import dev.switchboard.model.AccountKey;
import java.util.Collection;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Lets one transaction at a time change whom an account knows. To be taken before any of the
 * account's chats and messages is locked. No row stands for it: whoever accepts a message shares
 * the instance's, and would deadlock.
 */
public final class PeopleLock {
  private PeopleLock() {}

  /** Keeps others away until the transaction ends; whoever shares it may go on to own it. */
  static void own(DSLContext dsl, AccountKey account) {
    dsl.resultQuery(
            "select pg_advisory_xact_lock(hashtextextended({0}, 0))", DSL.val(account.toString()))
        .execute();
  }

  /** Keeps the people of these accounts as they are until the transaction ends. */
  public static void share(DSLContext dsl, Collection<AccountKey> accounts) {
    var names = accounts.stream().map(AccountKey::toString).sorted().toArray(String[]::new);
    dsl.resultQuery(
            "select pg_advisory_xact_lock_shared(hashtextextended(name, 0)) from unnest({0}) name",
            DSL.val(names))
        .execute();
  }
}
