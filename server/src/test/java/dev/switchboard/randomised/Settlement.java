package dev.switchboard.randomised;

import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.endtoend.Gateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares the books with what phones and gateway hold, until they balance or time is up. */
final class Settlement {
  private static final Duration PATIENCE = Duration.ofSeconds(220);

  /** Longer than an answer to a request for a lost message may take. */
  private static final Duration NUDGE_AFTER = Duration.ofSeconds(65);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final int TOLD_AT_MOST = 20;

  private final Gateway gateway;
  private final Set<String> people;
  private final List<String> instances;
  private final Ledger ledger;

  Settlement(Gateway gateway, Set<String> people, List<String> instances, Ledger ledger) {
    this.gateway = gateway;
    this.people = people;
    this.instances = instances;
    this.ledger = ledger;
  }

  /**
   * Waits until the books balance.
   *
   * @param nudge lets everybody connect anew, for what is asked for again after a login
   */
  void check(Runnable nudge) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    Instant nextNudge = Instant.now().plus(NUDGE_AFTER);
    List<String> differences = differences();
    while (!differences.isEmpty()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(
            differences.size()
                + " differences:\n"
                + String.join("\n", differences.stream().limit(TOLD_AT_MOST).toList()));
      }
      if (Instant.now().isAfter(nextNudge)) {
        nudge.run();
        nextNudge = nextNudge.plus(NUDGE_AFTER);
      }
      Thread.sleep(LOOK_AGAIN);
      differences = differences();
    }
  }

  private List<String> differences() {
    Holdings holdings = Holdings.read(gateway, people, instances);
    List<String> differences = new ArrayList<>();
    ledger.accepted().forEach(accepted -> accepted(accepted, holdings, differences));
    ledger.typed().forEach(send -> typed(send, holdings, differences));
    return differences;
  }

  /** Decrypted once under its id, or failed with a cause; never twice, never under another id. */
  private void accepted(Ledger.Accepted accepted, Holdings holdings, List<String> differences) {
    Step.GatewaySends send = accepted.send();
    List<Message> own = holdings.at(send.instance(), send.text());
    if (own.size() != 1 || !own.getFirst().getMessageId().equals(accepted.id())) {
      differences.add("its sender holds " + own.size() + ": " + send);
      return;
    }
    Message message = own.getFirst();
    boolean failed = message.getStatus() == MessageStatus.MESSAGE_STATUS_FAILED;
    List<String> ids = holdings.onPhone(send.to(), send.text());
    if (!ids.equals(List.of(accepted.id())) && !(failed && ids.isEmpty())) {
      differences.add(message.getStatus() + ", on the phone as " + ids + ": " + send);
    }
    if (failed && !message.hasFailure()) {
      differences.add("failed without a cause: " + send);
    }
    if (!failed) {
      reached(send.to(), send.text(), holdings, differences);
      shared(accepted, holdings, differences);
    }
  }

  /** The sender's own phone and other devices have it too. */
  private void shared(Ledger.Accepted accepted, Holdings holdings, List<String> differences) {
    Step.GatewaySends send = accepted.send();
    String sender = Script.person(send.instance());
    List<String> ids = holdings.onPhone(sender, send.text());
    if (!ids.equals(List.of(accepted.id()))) {
      differences.add("on the own phone as " + ids + ": " + send);
    }
    reached(sender, send.text(), holdings, differences);
  }

  private void typed(Step.PhoneSends send, Holdings holdings, List<String> differences) {
    int count = holdings.onPhone(send.to(), send.text()).size();
    if (count != 1) {
      differences.add("on the other phone " + count + " times: " + send);
    }
    reached(send.to(), send.text(), holdings, differences);
    reached(send.from(), send.text(), holdings, differences);
  }

  /** An instance that was there from the beginning has it once; one linked later at most once. */
  private void reached(String person, String text, Holdings holdings, List<String> differences) {
    for (String instance : instances) {
      if (Script.person(instance).equals(person)) {
        int count = holdings.at(instance, text).size();
        if (count > 1 || (count == 0 && instance.equals(person))) {
          differences.add(instance + " holds " + count + " of '" + text + "'");
        }
      }
    }
  }
}
