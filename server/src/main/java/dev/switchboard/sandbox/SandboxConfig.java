package dev.switchboard.sandbox;

import dev.switchboard.sandbox.network.NetworkLimits;
import dev.switchboard.sandbox.socket.SocketLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a sandbox runs.
 *
 * @param directory where it keeps everything; made if it is not there
 * @param port of the clients' websocket and of the admin calls, on loopback; 0 for any free one
 * @param controlPort of the control service, on loopback; 0 for any free one
 * @param clock what the network takes for the time; waiting and delays pass in real time
 * @param seed makes keys, ids, delays and orders the same in every run; only for tests, since
 *     nothing is secret then
 * @param loggedStanzas how many of the newest stanzas are kept to be read
 * @param mediaHost where clients are told that media lies, if that is not this machine: a name with
 *     a port, behind which somebody leads to {@code port}
 */
public record SandboxConfig(
    Path directory,
    int port,
    int controlPort,
    InstantSource clock,
    OptionalLong seed,
    NetworkLimits limits,
    SocketLimits sockets,
    int loggedStanzas,
    Optional<String> mediaHost) {
  private static final int HIGHEST_PORT = 65_535;
  private static final int LOGGED_STANZAS = 5_000;

  public SandboxConfig {
    if (port < 0 || port > HIGHEST_PORT || controlPort < 0 || controlPort > HIGHEST_PORT) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535");
    }
    if (loggedStanzas < 0) {
      throw new IllegalArgumentException("a log cannot hold less than nothing");
    }
  }

  /** A sandbox in the directory on any free ports, with the system's clock and randomness. */
  public static SandboxConfig in(Path directory) {
    return new SandboxConfig(
        directory,
        0,
        0,
        InstantSource.system(),
        OptionalLong.empty(),
        NetworkLimits.DEFAULT,
        SocketLimits.DEFAULT,
        LOGGED_STANZAS,
        Optional.empty());
  }

  public SandboxConfig withPorts(int clients, int control) {
    return new SandboxConfig(
        directory, clients, control, clock, seed, limits, sockets, loggedStanzas, mediaHost);
  }

  public SandboxConfig withLimits(NetworkLimits other) {
    return new SandboxConfig(
        directory, port, controlPort, clock, seed, other, sockets, loggedStanzas, mediaHost);
  }

  public SandboxConfig withSeed(long value) {
    return new SandboxConfig(
        directory,
        port,
        controlPort,
        clock,
        OptionalLong.of(value),
        limits,
        sockets,
        loggedStanzas,
        mediaHost);
  }

  public SandboxConfig withClock(InstantSource other) {
    return new SandboxConfig(
        directory, port, controlPort, other, seed, limits, sockets, loggedStanzas, mediaHost);
  }

  public SandboxConfig withLoggedStanzas(int most) {
    return new SandboxConfig(
        directory, port, controlPort, clock, seed, limits, sockets, most, mediaHost);
  }

  public SandboxConfig withMediaHost(String host) {
    return new SandboxConfig(
        directory,
        port,
        controlPort,
        clock,
        seed,
        limits,
        sockets,
        loggedStanzas,
        Optional.of(host));
  }
}
