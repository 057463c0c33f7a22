package dev.switchboard.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of one server; {@code reference.conf} documents every key.
 *
 * @param encryptionKey base64 of the master key, or empty for the file in the data directory
 * @param requestMemory how many request ids of other calls than sends are remembered
 */
public record SwitchboardConfig(
    Path data,
    Listener grpc,
    Listener http,
    List<String> allowedOrigins,
    Tls tls,
    Database database,
    Optional<String> encryptionKey,
    Sandbox sandbox,
    WhatsApp whatsapp,
    Instances instances,
    Journal journal,
    Outbox outbox,
    Projection projection,
    Events events,
    Egress egress,
    Webhooks webhooks,
    int requestMemory) {

  /** Hides the encryption key. */
  @Override
  public String toString() {
    return "SwitchboardConfig[data=" + data + "]";
  }

  /** An address to listen on; port 0 is any free one. */
  public record Listener(String address, int port) {
    public Listener {
      Port.check(port);
    }
  }

  /** How the surfaces are protected; the PEM files are given both or not at all. */
  public record Tls(Optional<Path> certificate, Optional<Path> privateKey, boolean allowPlaintext) {
    public Tls {
      if (certificate.isPresent() != privateKey.isPresent()) {
        throw new ConfigurationException(
            "tls.certificate and tls.private-key belong together: give both or none");
      }
    }
  }

  /**
   * PostgreSQL.
   *
   * @param url a JDBC URL, or empty for the embedded server
   * @param programs where the embedded server's programs are unpacked, or empty for the data
   *     directory
   * @param takeOver whether to use it though it belongs to the journal of another data directory
   */
  public record Database(
      Optional<String> url,
      String user,
      String password,
      Optional<Path> programs,
      int connections,
      Duration patience,
      boolean takeOver,
      RecordCache recordCache) {
    /** Hides the password. */
    @Override
    public String toString() {
      return "Database[url=" + url.isPresent() + "]";
    }

    /**
     * What is kept of the records that accounts used last.
     *
     * @param bytes all together, about; 0 keeps nothing
     * @param kept how long one is kept that nobody uses
     */
    public record RecordCache(long bytes, Duration kept) {}
  }

  /**
   * The simulated network.
   *
   * @param embedded whether it runs inside this server
   * @param loggedStanzas how many of the newest stanzas it keeps to be read
   * @param remote where it runs otherwise, or empty for nowhere
   */
  public record Sandbox(
      boolean embedded, int port, int controlPort, int loggedStanzas, Optional<Remote> remote) {
    public Sandbox {
      Port.check(port);
      Port.check(controlPort);
    }

    /** A sandbox in another process. */
    public record Remote(URI url, String noiseRootHex, Path certificate) {}
  }

  /**
   * WhatsApp itself.
   *
   * @param signedPrekeyAge after how long an account's signed prekey is followed by a new one
   * @param retryAnswerAge how long after it was accepted a message is sent again to a device that
   *     could not read it
   * @param proxyRequired whether an instance without a proxy is refused a connection
   */
  public record WhatsApp(
      boolean enabled,
      String version,
      Duration signedPrekeyAge,
      Duration retryAnswerAge,
      boolean proxyRequired) {}

  /**
   * How accounts are kept connected.
   *
   * @param appStatePatience how long a login waits for what the account's devices share
   * @param pairingStreams how many callers may watch pairings at once
   * @param presenceSubscriptions to the presence of how many people each may subscribe
   */
  public record Instances(
      int loginsAtOnce,
      Duration longestLogin,
      Duration appStatePatience,
      Duration reconnectBase,
      Duration reconnectCap,
      Duration stableAfter,
      int pairingStreams,
      int presenceSubscriptions,
      Liveness liveness) {}

  /**
   * When a connection is thought not to work.
   *
   * @param silence how long after a ping nothing at all may arrive
   * @param answerLimit how long a ping may stay without its own answer
   * @param acknowledgementLimit how long no message may be acknowledged after one was written
   * @param healAfter how long one of the last two may last before a new connection is made
   * @param healsPerHour how many connections may be given up so within an hour
   */
  public record Liveness(
      Duration silence,
      Duration answerLimit,
      Duration acknowledgementLimit,
      Duration healAfter,
      int healsPerHour) {}

  /**
   * How the journal is kept.
   *
   * @param longestEntry the most bytes that an entry may take
   * @param waitingLimit how many entries may wait for the disk
   * @param reservedSpace the bytes that stay free on the disk
   */
  public record Journal(
      Durability durability, Roll roll, int longestEntry, int waitingLimit, long reservedSpace) {
    /** What an entry has survived when it counts. */
    public enum Durability {
      FSYNC,
      ASYNC
    }

    /** How long a file is written to. */
    public enum Roll {
      MINUTE,
      FIVE_MINUTES,
      HOUR,
      DAY
    }
  }

  /** How messages wait and are sent. */
  public record Outbox(
      int queueLimit,
      long totalLimit,
      int requestMemory,
      int waitLimit,
      List<Duration> retryDelays,
      int attemptLimit,
      int inFlight,
      int keptCycles,
      Duration carryInterval,
      Duration carryPatience,
      long bulkBytes) {}

  /** How the journal is brought into the database. */
  public record Projection(
      int batchEntries,
      long batchBytes,
      Duration linger,
      Duration longestLinger,
      Duration retryDelay,
      long lagEntries,
      long pendingBytes,
      Duration drain) {}

  /**
   * How events are kept and read.
   *
   * @param retention how long they are kept at least, unless they are too many
   * @param maxSize how many bytes they may take, in files that are finished
   * @param roll how long a file is written to; files are deleted as a whole
   * @param readerLimit how many readers there may be at once
   * @param recentLimit how many of the newest are kept in memory
   * @param recentSize how many bytes those may take
   * @param recentKept how long they are kept there
   * @param indexSize how many bytes may say where the events of instances lie
   * @param cacheSize how many bytes of older events that somebody read are kept in memory
   * @param waitingLimit how many may wait in memory for the disk; more wait in the database
   * @param waitingSize how many bytes those may take
   */
  public record Events(
      Duration retention,
      long maxSize,
      Journal.Roll roll,
      int readerLimit,
      int recentLimit,
      long recentSize,
      Duration recentKept,
      long indexSize,
      long cacheSize,
      int waitingLimit,
      long waitingSize) {}

  /**
   * Where requests may go to addresses that callers name.
   *
   * @param allowedNetworks networks of one's own, as CIDR
   * @param ports which ports of public addresses
   * @param allowHttp whether public addresses without TLS
   */
  public record Egress(List<String> allowedNetworks, List<Integer> ports, boolean allowHttp) {
    public Egress {
      ports.forEach(Port::check);
    }
  }

  /**
   * How events are posted to webhooks.
   *
   * @param limitPerTenant how many a tenant may have
   * @param limit how many there may be
   * @param openLimit how many events may be read and not posted yet, for each
   * @param inFlight how many requests to one may be under way
   * @param inFlightTotal how many to all of them
   * @param connectTimeout how long a connection may take
   * @param timeout how long a request may take in all
   * @param retryFor for how long an event is tried again
   * @param retryBase what the first wait is at most; later ones twice the one before
   * @param retryCap what any wait is at most
   * @param logKept how long it is kept what became of an event
   * @param logLimit of how many events, for each
   * @param drain how long requests may take that are under way when the server ends
   */
  public record Webhooks(
      int limitPerTenant,
      int limit,
      int openLimit,
      int inFlight,
      int inFlightTotal,
      Duration connectTimeout,
      Duration timeout,
      Duration retryFor,
      Duration retryBase,
      Duration retryCap,
      Duration logKept,
      int logLimit,
      Duration drain) {
    public Webhooks {
      if (retryCap.compareTo(retryBase) < 0 || timeout.compareTo(connectTimeout) < 0) {
        throw new ConfigurationException(
            "configuration: webhooks.retry-cap is at least retry-base, and webhooks.timeout at"
                + " least connect-timeout");
      }
    }
  }
}
