package dev.switchboard.loadtest.webhooks;

import dev.switchboard.loadtest.measure.Machine;
import java.util.Map;

/**
 * What happened.
 *
 * @param events that there are of what the webhook wants
 * @param lost of these, never taken by the receiver
 * @param written messages that people wrote
 * @param trapped requests that followed a redirect
 * @param absences times that the receiver did not listen
 * @param settling seconds from the last kill until everything was taken
 * @param drain what became of events that waited
 */
record WebhooksFigures(
    WebhooksPlan plan,
    Machine machine,
    long events,
    long lost,
    long written,
    Taken taken,
    Map<Behaviour, Integer> behaved,
    int trapped,
    int absences,
    double settling,
    DrainFigures drain) {
  /** Messages of which there is no event: nothing that people wrote is forgotten. */
  long untold() {
    return written - events;
  }

  boolean holds() {
    return lost == 0
        && untold() == 0
        && trapped == 0
        && drain.holds()
        && taken.reordered() + taken.forged() + taken.contradicted() == 0;
  }
}
