package dev.switchboard.loadtest.throughput;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param accounts how many send, one measurement each, growing
 * @param lanes messages of one account that may be in flight at a time
 * @param inFlight messages of all accounts that may be, whatever the lanes
 * @param recipients of each account
 * @param bytes of a text
 * @param rounds in which server and peer take turns
 * @param time of each turn
 * @param warmUp how long each sends before it counts, again and again until it gains nothing
 * @param warmUps how often at most, for each number of accounts
 * @param patience for each step that is waited for
 */
record ThroughputPlan(
    List<Integer> accounts,
    int lanes,
    int inFlight,
    int recipients,
    int bytes,
    int rounds,
    Duration time,
    Duration warmUp,
    int warmUps,
    Duration patience) {
  ThroughputPlan {
    accounts = List.copyOf(accounts);
    if (accounts.isEmpty() || accounts.getFirst() < 1 || !growing(accounts)) {
      throw new LoadTestException("the numbers of accounts must grow, from 1 on");
    }
    if (lanes < 1 || inFlight < 1 || recipients < lanes || bytes < 1) {
      throw new LoadTestException(
          "there must be a message in flight, a byte, and as many recipients as lanes");
    }
    if (rounds < 1 || !time.isPositive() || warmUp.isNegative() || warmUps < 1) {
      throw new LoadTestException("there must be a round and some time");
    }
  }

  private static boolean growing(List<Integer> accounts) {
    for (int at = 1; at < accounts.size(); at++) {
      if (accounts.get(at) <= accounts.get(at - 1)) {
        return false;
      }
    }
    return true;
  }

  /** Lanes of each account when so many send. */
  int lanesOf(int senders) {
    return Math.clamp(inFlight / senders, 1, lanes);
  }

  int mostAccounts() {
    return accounts.getLast();
  }

  /** People to write to: each account writes to another few of them. */
  int people() {
    return Math.max(mostAccounts(), recipients);
  }

  /** Whom an account writes to with its step so many: the same for server and peer. */
  static <T> T recipient(List<T> people, int account, int step) {
    return people.get((account + step) % people.size());
  }
}
