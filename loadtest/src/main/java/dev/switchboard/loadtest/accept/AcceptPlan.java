package dev.switchboard.loadtest.accept;

import dev.switchboard.loadtest.run.LoadTestException;
import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param callers of the crowded measurement; the other one has a single caller
 * @param connections that they share
 * @param rounds in which echo, server and journal take turns
 * @param time of each turn
 * @param warmUp of each, once and before all
 * @param bytes of a text
 * @param patience for each step that is waited for
 * @param serverOptions flags of all JVMs that are compared
 */
record AcceptPlan(
    int callers,
    int connections,
    int rounds,
    Duration time,
    Duration warmUp,
    int bytes,
    Duration patience,
    List<String> serverOptions) {
  AcceptPlan {
    if (callers < 2 || connections < 1 || rounds < 1 || !time.isPositive() || bytes < 1) {
      throw new LoadTestException("there must be 2 callers, a connection, a round and some time");
    }
    serverOptions = List.copyOf(serverOptions);
  }
}
