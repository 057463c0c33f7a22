package dev.switchboard.loadtest.idle;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many accounts to link, and what each does before it idles.
 *
 * @param accounts to link
 * @param peers to exchange a text with, for each account
 * @param parallel how many accounts are linked at once
 * @param patience for each step that is waited for
 * @param settling how long the server idles before it is measured, so that its collector can give
 *     memory back
 * @param serverOptions flags of the server's JVM
 */
record IdlePlan(
    int accounts,
    int peers,
    int parallel,
    Duration patience,
    Duration settling,
    List<String> serverOptions) {
  /** Part of the accounts that is linked first, so that fixed costs can be told from others. */
  private static final int FIRST_PART = 10;

  IdlePlan {
    if (accounts < 2
        || peers < 1
        || parallel < 1
        || !patience.isPositive()
        || settling.isNegative()) {
      throw new LoadTestException(
          "there must be 2 accounts, 1 peer, 1 at a time and some patience at least");
    }
    serverOptions = List.copyOf(serverOptions);
  }

  /** All accounts. */
  List<Account> all() {
    return IntStream.range(0, accounts).mapToObj(Account::new).toList();
  }

  /** The accounts that are linked first. */
  List<Account> firstPart() {
    return all().subList(0, Math.max(1, accounts / FIRST_PART));
  }

  /** The accounts that are linked after those. */
  List<Account> secondPart() {
    return all().subList(firstPart().size(), accounts);
  }

  /**
   * How many people there are to write to. As many as accounts, each writing to another few of
   * them, so that nothing that the server keeps can be shared by all accounts.
   */
  int people() {
    return Math.max(accounts, peers);
  }
}
