package dev.switchboard.loadtest.throughput;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was measured with so many accounts.
 *
 * @param lanes messages of each that were in flight
 * @param server all turns of the server
 * @param peer all turns of the peer; null without one
 * @param network processor time of the simulated network in the turns of the server
 * @param load of the machine over the last minute of the measurement
 */
record Level(
    int accounts, int lanes, Turn server, @Nullable Turn peer, Duration network, double load) {
  /** How many times the peer's messages for each second of a processor; 0 without a peer. */
  double ratio() {
    double other = peer == null ? 0 : peer.perCpuSecond();
    return other == 0 ? 0 : server.perCpuSecond() / other;
  }
}
