package dev.switchboard.configuration;

import static dev.switchboard.configuration.Settings.bytes;
import static dev.switchboard.configuration.Settings.choice;
import static dev.switchboard.configuration.Settings.duration;
import static dev.switchboard.configuration.Settings.path;
import static dev.switchboard.configuration.Settings.positive;
import static dev.switchboard.configuration.Settings.text;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the configuration: defaults, then a file, then the environment, then overrides. */
public final class ConfigurationFile {
  /** What one request may weigh. */
  private static final long LEAST_BYTES = 1 << 20;

  private static final String ROOT = "switchboard";
  private static final long LEAST_ENTRY = 256 << 10; // A text of the longest and what goes with it.
  private static final long MOST_ENTRY = 16 << 20;

  private ConfigurationFile() {}

  /**
   * Reads it all.
   *
   * @param file the operator's file, if there is one
   * @param environment the variables that reference.conf names
   * @param overrides settings of the command line, by their path below {@code switchboard}
   */
  public static SwitchboardConfig load(
      Optional<Path> file, Map<String, String> environment, Map<String, Object> overrides) {
    try {
      Config defaults = ConfigFactory.parseResources("reference.conf");
      Config given = file.map(ConfigurationFile::parse).orElse(ConfigFactory.empty());
      refuseUnknown(given, defaults);
      Config settled =
          withOverrides(overrides)
              .withFallback(fromEnvironment(defaults, environment))
              .withFallback(given)
              .withFallback(resolved(defaults, Map.of()))
              .resolve()
              .getConfig(ROOT);
      return read(settled);
    } catch (ConfigException e) {
      throw new ConfigurationException("configuration: " + e.getMessage(), e);
    }
  }

  private static Config parse(Path file) {
    return ConfigFactory.parseFile(
        file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /** The defaults with only what these variables say: the rest is left to the file. */
  private static Config fromEnvironment(Config defaults, Map<String, String> environment) {
    Config plain = resolved(defaults, Map.of());
    Config said = resolved(defaults, environment);
    Config changed = ConfigFactory.empty();
    for (var entry : said.entrySet()) {
      if (!entry.getValue().unwrapped().equals(plain.getValue(entry.getKey()).unwrapped())) {
        changed = changed.withValue(entry.getKey(), entry.getValue());
      }
    }
    return changed;
  }

  private static Config resolved(Config defaults, Map<String, String> environment) {
    return defaults
        .withFallback(ConfigFactory.parseMap(environment, "environment"))
        .resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false))
        .withOnlyPath(ROOT);
  }

  private static Config withOverrides(Map<String, Object> overrides) {
    Config config = ConfigFactory.empty();
    for (var entry : overrides.entrySet()) {
      config =
          config.withValue(
              ROOT + "." + entry.getKey(),
              ConfigValueFactory.fromAnyRef(entry.getValue(), "command line"));
    }
    return config;
  }

  private static void refuseUnknown(Config given, Config defaults) {
    Config known = resolved(defaults, Map.of());
    Set<String> unknown = new TreeSet<>();
    given.entrySet().stream()
        .map(Map.Entry::getKey)
        .filter(key -> !known.hasPathOrNull(key))
        .forEach(unknown::add);
    if (!unknown.isEmpty()) {
      throw new ConfigurationException("configuration: unknown settings: " + unknown);
    }
  }

  private static SwitchboardConfig read(Config config) {
    return new SwitchboardConfig(
        Path.of(config.getString("data")),
        listener(config.getConfig("grpc")),
        listener(config.getConfig("http")),
        config.getStringList("http.allowed-origins"),
        new SwitchboardConfig.Tls(
            path(config, "tls.certificate"),
            path(config, "tls.private-key"),
            config.getBoolean("tls.allow-plaintext")),
        database(config.getConfig("database")),
        text(config, "encryption-key"),
        sandbox(config.getConfig("sandbox")),
        new SwitchboardConfig.WhatsApp(
            config.getBoolean("whatsapp.enabled"),
            config.getString("whatsapp.version"),
            duration(config, "whatsapp.signed-prekey-age"),
            duration(config, "whatsapp.retry-answer-age"),
            config.getBoolean("whatsapp.proxy-required")),
        instances(config.getConfig("instances")),
        journal(config.getConfig("journal")),
        outbox(config.getConfig("outbox")),
        projection(config.getConfig("projection")),
        events(config.getConfig("events")),
        egress(config.getConfig("egress")),
        webhooks(config.getConfig("webhooks")),
        positive(config, "request-memory"));
  }

  private static SwitchboardConfig.Listener listener(Config config) {
    return new SwitchboardConfig.Listener(config.getString("address"), config.getInt("port"));
  }

  private static SwitchboardConfig.Database database(Config config) {
    return new SwitchboardConfig.Database(
        text(config, "url"),
        config.getString("user"),
        config.getString("password"),
        path(config, "programs"),
        positive(config, "connections"),
        duration(config, "patience"),
        config.getBoolean("take-over"),
        new SwitchboardConfig.Database.RecordCache(
            config.getBytes("record-cache.memory"), duration(config, "record-cache.kept")));
  }

  private static SwitchboardConfig.Sandbox sandbox(Config config) {
    Optional<SwitchboardConfig.Sandbox.Remote> remote =
        text(config, "url")
            .map(url ->
                new SwitchboardConfig.Sandbox.Remote(
                    URI.create(url),
                    config.getString("noise-root"),
                    path(config, "certificate")
                        .orElseThrow(() ->
                            new ConfigurationException(
                                "sandbox.certificate is needed with sandbox.url"))));
    return new SwitchboardConfig.Sandbox(
        config.getBoolean("embedded"),
        config.getInt("port"),
        config.getInt("control-port"),
        positive(config, "logged-stanzas"),
        remote);
  }

  private static SwitchboardConfig.Instances instances(Config config) {
    return new SwitchboardConfig.Instances(
        positive(config, "logins-at-once"),
        duration(config, "longest-login"),
        duration(config, "app-state-patience"),
        duration(config, "reconnect-base"),
        duration(config, "reconnect-cap"),
        duration(config, "stable-after"),
        positive(config, "pairing-streams"),
        positive(config, "presence-subscriptions"),
        liveness(config.getConfig("liveness")));
  }

  private static SwitchboardConfig.Liveness liveness(Config config) {
    return new SwitchboardConfig.Liveness(
        duration(config, "silence"),
        duration(config, "answer-limit"),
        duration(config, "acknowledgement-limit"),
        duration(config, "heal-after"),
        config.getInt("heals-per-hour"));
  }

  private static SwitchboardConfig.Journal journal(Config config) {
    long longest = config.getBytes("longest-entry");
    if (longest < LEAST_ENTRY || longest > MOST_ENTRY) {
      throw new ConfigurationException("configuration: longest-entry must be 256 KiB to 16 MiB");
    }
    return new SwitchboardConfig.Journal(
        choice(config, "durability", SwitchboardConfig.Journal.Durability.class),
        choice(config, "roll", SwitchboardConfig.Journal.Roll.class),
        (int) longest,
        positive(config, "waiting-limit"),
        config.getBytes("reserved-space"));
  }

  private static SwitchboardConfig.Events events(Config config) {
    return new SwitchboardConfig.Events(
        duration(config, "retention"),
        config.getBytes("max-size"),
        choice(config, "roll", SwitchboardConfig.Journal.Roll.class),
        positive(config, "reader-limit"),
        positive(config, "recent-limit"),
        config.getBytes("recent-size"),
        duration(config, "recent-kept"),
        config.getBytes("index-size"),
        config.getBytes("cache-size"),
        positive(config, "waiting-limit"),
        config.getBytes("waiting-size"));
  }

  private static SwitchboardConfig.Egress egress(Config config) {
    return new SwitchboardConfig.Egress(
        config.getStringList("allowed-networks"),
        config.getIntList("ports"),
        config.getBoolean("allow-http"));
  }

  private static SwitchboardConfig.Webhooks webhooks(Config config) {
    return new SwitchboardConfig.Webhooks(
        positive(config, "limit-per-tenant"),
        positive(config, "limit"),
        positive(config, "open-limit"),
        positive(config, "in-flight"),
        positive(config, "in-flight-total"),
        duration(config, "connect-timeout"),
        duration(config, "timeout"),
        duration(config, "retry-for"),
        duration(config, "retry-base"),
        duration(config, "retry-cap"),
        duration(config, "log-kept"),
        positive(config, "log-limit"),
        duration(config, "drain"));
  }

  private static SwitchboardConfig.Outbox outbox(Config config) {
    return new SwitchboardConfig.Outbox(
        positive(config, "queue-limit"),
        positive(config, "total-limit"),
        positive(config, "request-memory"),
        positive(config, "wait-limit"),
        config.getDurationList("retry-delays"),
        positive(config, "attempt-limit"),
        positive(config, "in-flight"),
        positive(config, "kept-files"),
        duration(config, "carry-interval"),
        duration(config, "carry-patience"),
        bytes(config, "bulk-weight", LEAST_BYTES));
  }

  private static SwitchboardConfig.Projection projection(Config config) {
    return new SwitchboardConfig.Projection(
        positive(config, "batch-entries"),
        bytes(config, "batch-weight", LEAST_BYTES),
        duration(config, "linger"),
        duration(config, "longest-linger", "linger"),
        duration(config, "retry-delay"),
        positive(config, "lag-limit"),
        bytes(config, "pending-records", MOST_ENTRY),
        duration(config, "drain"));
  }
}
