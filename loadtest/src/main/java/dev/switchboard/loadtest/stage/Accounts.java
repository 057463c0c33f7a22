package dev.switchboard.loadtest.stage;

import dev.switchboard.loadtest.client.GatewayClient;
import dev.switchboard.loadtest.client.SandboxClient;
import dev.switchboard.loadtest.client.StateWatch;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.run.Parallel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Accounts of a run, linked to phones of the simulated network. */
public final class Accounts {
  private static final int AT_ONCE = 16;
  private static final int ATTEMPTS = 3;

  private Accounts() {}

  /**
   * An account.
   *
   * @param number from 0 on
   * @param phoneNumber of the phone that it is linked to
   */
  public record Linked(int number, String instanceId, String phoneNumber) {}

  /** Links so many accounts and returns when all are READY. */
  public static List<Linked> link(
      GatewayClient gateway, SandboxClient sandbox, int count, Duration patience)
      throws InterruptedException {
    return link(gateway, sandbox, 0, count, patience);
  }

  /** Links so many accounts more, numbered from {@code first} on. */
  public static List<Linked> link(
      GatewayClient gateway, SandboxClient sandbox, int first, int count, Duration patience)
      throws InterruptedException {
    Linked[] linked = new Linked[count];
    StateWatch states = gateway.watchStates();
    Parallel.forEach(
        IntStream.range(first, first + count).boxed().toList(),
        AT_ONCE,
        number -> linked[number - first] = link(gateway, sandbox, number));
    List<Linked> all = List.copyOf(Arrays.asList(linked));
    states.awaitReady(all.stream().map(Linked::instanceId).toList(), patience);
    return all;
  }

  private static Linked link(GatewayClient gateway, SandboxClient sandbox, int number)
      throws InterruptedException {
    String instanceId = String.format(Locale.ROOT, "load-%05d", number);
    String owner = String.format(Locale.ROOT, "Owner %05d", number);
    String[] phone = new String[1];
    gateway.create(instanceId);
    pair(gateway, instanceId, code -> phone[0] = sandbox.scan(code, owner));
    return new Linked(number, instanceId, phone[0]);
  }

  /** On a machine that does much else a database may take too long for one of many links. */
  private static void pair(GatewayClient gateway, String instanceId, Consumer<String> phone) {
    for (int attempt = 1; ; attempt++) {
      try {
        gateway.pair(instanceId, phone);
        return;
      } catch (LoadTestException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
