package dev.switchboard.web;

import dev.switchboard.grpc.ListenAddress;
import java.util.List;

/**
 * How the HTTP surface is reached.
 *
 * @param corsOrigins the origins whose pages may call it, such as {@code https://desk.example};
 *     none by default
 * @param streamBytes how much a caller may send in one stream, apart from what surrounds it
 */
public record WebConfig(ListenAddress address, List<String> corsOrigins, long streamBytes) {
  public WebConfig {
    corsOrigins = List.copyOf(corsOrigins);
    if (corsOrigins.contains("*")) {
      throw new IllegalArgumentException(
          "name the origins whose pages may call this server; '*' would let any page do so");
    }
  }
}
