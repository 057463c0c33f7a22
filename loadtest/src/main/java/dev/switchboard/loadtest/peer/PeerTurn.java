package dev.switchboard.loadtest.peer;

import java.time.Duration;

/**
 * What a peer is asked to send.
 *
 * @param accounts of the process that send, its first ones
 * @param lanes messages of each account that are in flight at a time
 * @param spread recipients of each account
 * @param bytes of a text
 */
public record PeerTurn(Duration time, int accounts, int lanes, int spread, int bytes) {
  String command() {
    return "send %d %d %d %d %d".formatted(time.toMillis(), accounts, lanes, spread, bytes);
  }
}
