package dev.switchboard.configuration;

/** The range of ports. */
final class Port {
  private static final int HIGHEST = 65_535;

  private Port() {}

  static void check(int port) {
    if (port < 0 || port > HIGHEST) {
      throw new ConfigurationException("a port is 0 to " + HIGHEST + ", not " + port);
    }
  }
}
