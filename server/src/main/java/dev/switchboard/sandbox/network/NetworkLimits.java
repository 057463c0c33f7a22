package dev.switchboard.sandbox.network;

import java.time.Duration;
import java.util.List;

/**
 * Bounds and times of the network.
 *
 * @param accounts accounts that may exist
 * @param devicesPerAccount companions an account may have
 * @param prekeysPerDevice one-time prekeys kept per device; uploads beyond are refused
 * @param prekeysLow a device with fewer is told to upload more
 * @param queuedPerDevice stanzas that wait for one device; the oldest goes when one more comes
 * @param phoneMessages decrypted messages a phone keeps
 * @param patchesPerCollection app state patches per account and collection; more are refused
 * @param qrLifetimes how long each reference of a QR code can be scanned, one after the other
 * @param firstNodeDelay how long the server waits after the handshake: some clients lose a stanza
 *     that comes in the same moment (measured with independent clients)
 * @param handshakePatience how long a client may take for the handshake
 */
public record NetworkLimits(
    int accounts,
    int devicesPerAccount,
    int prekeysPerDevice,
    int prekeysLow,
    int queuedPerDevice,
    int phoneMessages,
    int patchesPerCollection,
    List<Duration> qrLifetimes,
    Duration firstNodeDelay,
    Duration handshakePatience) {
  private static final Duration FIRST_REFERENCE = Duration.ofSeconds(60);
  private static final Duration LATER_REFERENCE = Duration.ofSeconds(20);

  /** The numbers of the real network where they are known (measured with independent clients). */
  public static final NetworkLimits DEFAULT =
      new NetworkLimits(
          100_000,
          200,
          2_000,
          10,
          1_000,
          10_000,
          10_000,
          List.of(
              FIRST_REFERENCE,
              LATER_REFERENCE,
              LATER_REFERENCE,
              LATER_REFERENCE,
              LATER_REFERENCE,
              LATER_REFERENCE),
          Duration.ofMillis(40),
          Duration.ofSeconds(20));

  public NetworkLimits {
    if (accounts < 1
        || devicesPerAccount < 1
        || prekeysPerDevice < 1
        || queuedPerDevice < 1
        || phoneMessages < 1
        || patchesPerCollection < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
    if (qrLifetimes.isEmpty()) {
      throw new IllegalArgumentException("at least one reference");
    }
    qrLifetimes = List.copyOf(qrLifetimes);
  }

  /** The same with another number of accounts that may exist. */
  public NetworkLimits withAccounts(int most) {
    return new NetworkLimits(
        most,
        devicesPerAccount,
        prekeysPerDevice,
        prekeysLow,
        queuedPerDevice,
        phoneMessages,
        patchesPerCollection,
        qrLifetimes,
        firstNodeDelay,
        handshakePatience);
  }

  /** How long a client can wait for its code to be scanned. */
  public Duration pairingPatience() {
    return qrLifetimes.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
