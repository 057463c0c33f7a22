package dev.switchboard.whatsapp.media;

import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the server says that media lies, in the order in which to try.
 *
 * @param until how long that holds
 */
record MediaHosts(List<Host> hosts, Instant until) {
  static final int MOST_HOSTS = 3;
  private static final int TLS_PORT = 443;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))(?::([0-9]{1,5}))?");
  private static final Duration LONGEST = Duration.ofHours(24);

  /** A media host; the network's own have no port. */
  record Host(String name, int port) {
    /** As in the Host header. */
    String authority() {
      return port == TLS_PORT ? name : name + ":" + port;
    }

    static Optional<Host> parse(String hostname) {
      Matcher matcher = NAME.matcher(hostname);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      int port = matcher.group(2) == null ? TLS_PORT : Integer.parseInt(matcher.group(2));
      return port < 1 || port > HIGHEST_PORT
          ? Optional.empty()
          : Optional.of(new Host(matcher.group(1), port));
    }
  }

  MediaHosts {
    hosts = List.copyOf(hosts);
  }

  static MediaHosts unknown() {
    return new MediaHosts(List.of(), Instant.MIN);
  }

  /** Reads {@code <media_conn ttl><host hostname/>…}; none of its hosts is a valid answer too. */
  static MediaHosts of(Node reply, Instant now) {
    Optional<Node> connection = reply.child("media_conn");
    List<Host> hosts =
        connection.map(node -> node.children("host")).orElse(List.of()).stream()
            .flatMap(host -> host.attribute("hostname").flatMap(Host::parse).stream())
            .limit(MOST_HOSTS)
            .toList();
    int seconds = connection.map(node -> Numbers.of(node, "ttl", 0)).orElse(0);
    Duration ttl = Duration.ofSeconds(Math.max(0, seconds));
    return new MediaHosts(hosts, now.plus(ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl));
  }

  boolean isKnown(Instant now) {
    return !hosts.isEmpty() && now.isBefore(until);
  }
}
