package dev.switchboard.whatsapp.media;

import java.time.Duration;

/**
 * The bounds of downloads.
 *
 * @param bytes the largest media that is taken, encrypted
 * @param atOnce downloads of all accounts of a network at the same time; with {@code bytes} the
 *     bound of the memory that they take
 * @param waiting downloads of one account that may wait
 * @param connectTimeout for TCP, the proxy and TLS
 * @param silence how long a host may send nothing
 * @param downloadTimeout for all of one download, over all hosts
 * @param turnTimeout how long a download waits for others of its network
 * @param hostsTimeout how long the server may take to name its hosts
 */
public record MediaLimits(
    int bytes,
    int atOnce,
    int waiting,
    Duration connectTimeout,
    Duration silence,
    Duration downloadTimeout,
    Duration turnTimeout,
    Duration hostsTimeout) {

  public static final MediaLimits DEFAULT =
      new MediaLimits(
          16 << 20,
          4,
          64,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(90),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30));

  public MediaLimits {
    if (bytes < 1 || atOnce < 1 || waiting < 1) {
      throw new IllegalArgumentException("bounds must be positive");
    }
  }
}
