package dev.switchboard.randomised;

import java.util.ArrayList;
import java.util.List;

/** What has to have arrived: every text that was accepted or typed, once. */
final class Ledger {
  /** Accepted by the gateway under this id. */
  record Accepted(Step.GatewaySends send, String id) {}

  private final List<Accepted> accepted = new ArrayList<>();
  private final List<Step.PhoneSends> typed = new ArrayList<>();

  void accepted(Step.GatewaySends send, String id) {
    accepted.add(new Accepted(send, id));
  }

  void typed(Step.PhoneSends send) {
    typed.add(send);
  }

  /** The instance is gone; what it sent was settled before. */
  void closed(String instance) {
    accepted.removeIf(each -> each.send().instance().equals(instance));
  }

  List<Accepted> accepted() {
    return accepted;
  }

  List<Step.PhoneSends> typed() {
    return typed;
  }
}
