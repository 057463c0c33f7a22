package dev.switchboard.model.instance;

import dev.switchboard.model.GatewayException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server that all traffic of an account goes through, and nothing around it: when it cannot be
 * used the account is not connected.
 *
 * @param host name or address, looked up by this gateway; the network's own name is looked up by
 *     the proxy
 * @param credentials what it is shown, or null where it asks for none
 */
public record Proxy(Scheme scheme, String host, int port, @Nullable Credentials credentials)
    implements Route {
  private static final int LONGEST_HOST = 253;
  private static final int HIGHEST_PORT = 65_535;

  /** How it is spoken to. */
  public enum Scheme {
    /** The CONNECT method of HTTP/1.1, with Basic credentials. */
    HTTP,
    /** RFC 1928, with the credentials of RFC 1929. */
    SOCKS5
  }

  public Proxy {
    if (host.isEmpty() || host.length() > LONGEST_HOST) {
      throw GatewayException.invalidField("proxy.host", "must have 1 to 253 characters");
    }
    if (port < 1 || port > HIGHEST_PORT) {
      throw GatewayException.invalidField("proxy.port", "must be 1 to 65535");
    }
  }

  public Optional<Credentials> knownCredentials() {
    return Optional.ofNullable(credentials);
  }

  /** Tells neither where it is nor what it is shown: both are the tenant's own. */
  @Override
  public String toString() {
    return "Proxy[" + scheme + "]";
  }

  /**
   * What a proxy asks for.
   *
   * @param username 1 to 255 printable ASCII characters; HTTP ends it at a colon, so it has none
   * @param password 1 to 255 printable ASCII characters; SOCKS5 has no form for an empty one
   */
  public record Credentials(String username, String password) {
    private static final Pattern USERNAME = Pattern.compile("[ -9;-~]{1,255}");
    private static final Pattern PASSWORD = Pattern.compile("[ -~]{1,255}");

    public Credentials {
      if (!USERNAME.matcher(username).matches()) {
        throw GatewayException.invalidField(
            "proxy.username", "must be 1 to 255 printable ASCII characters without a colon");
      }
      if (!PASSWORD.matcher(password).matches()) {
        throw GatewayException.invalidField(
            "proxy.password", "must be 1 to 255 printable ASCII characters with a username");
      }
    }

    /** Hides both. */
    @Override
    public String toString() {
      return "Credentials[]";
    }
  }
}
