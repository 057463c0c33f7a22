package dev.switchboard.randomised;

import dev.switchboard.api.sandbox.v1.Fault;

/** One thing that a run does. Chosen by the seed alone, so that a seed names a run. */
sealed interface Step {
  /** The gateway accepts a text of an account that it holds. */
  record GatewaySends(String instance, String to, String text) implements Step {}

  /** Somebody types a text on the phone. */
  record PhoneSends(String from, String to, String text) implements Step {}

  /**
   * The network makes a mistake so many times.
   *
   * @param person whom it is about; empty for everybody
   */
  record GoWrong(Fault fault, int times, int code, String person) implements Step {}

  /** All connections of all devices break. */
  record DropConnections() implements Step {}

  /** The server stops and starts. */
  record RestartServer() implements Step {}

  /** One more device of a person, held by the gateway as an instance of its own. */
  record LinkDevice(String person, String instance) implements Step {}

  /** A device that was linked in the run is unlinked by the gateway. */
  record UnlinkDevice(String instance) implements Step {}

  /** A phone registers anew: another identity under the same number. */
  record ReinstallPhone(String person) implements Step {}

  /** No more mistakes; everything that is under way comes to its end, and the books are checked. */
  record Settle() implements Step {}
}
