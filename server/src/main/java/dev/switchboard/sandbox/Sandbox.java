package dev.switchboard.sandbox;

import dev.switchboard.sandbox.control.ControlServer;
import dev.switchboard.sandbox.control.DeviceCommands;
import dev.switchboard.sandbox.control.FaultSwitches;
import dev.switchboard.sandbox.control.Place;
import dev.switchboard.sandbox.control.SandboxGrpcService;
import dev.switchboard.sandbox.control.StanzaReader;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.handshake.NoiseIdentity;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.network.NetworkState;
import dev.switchboard.sandbox.record.CountersRecord;
import dev.switchboard.sandbox.socket.HttpRequestHandler;
import dev.switchboard.sandbox.socket.SocketServer;
import dev.switchboard.sandbox.socket.TlsIdentity;
import dev.switchboard.sandbox.state.StateException;
import dev.switchboard.sandbox.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running simulated network. Everything it knows is in its directory before anybody is told; a
 * sandbox that was killed goes on where it was.
 */
public final class Sandbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sandbox.class);
  private static final String WEBSOCKET_PATH = "/ws/chat";
  private static final String OPENINGS = "openings";

  private final Deque<AutoCloseable> opened;
  private final TlsIdentity tls;
  private final byte[] noiseRootKey;
  private final SocketServer sockets;
  private final ControlServer control;
  private final Faults faults;
  private final Network network;

  private Sandbox(SandboxConfig config, Deque<AutoCloseable> opened)
      throws IOException, GeneralSecurityException {
    this.opened = opened;
    Files.createDirectories(config.directory());
    tls = TlsIdentity.openOrCreate(config.directory(), config.clock().instant());
    StateStore store = opened(StateStore.open(config.directory().resolve("network.mv")));
    var state = NetworkState.over(store, config.clock(), config.limits());
    var randomness = new Randomness(config.seed(), openings(store));
    var identity =
        NoiseIdentity.openOrCreate(store, randomness.source("noise"), config.clock().instant());
    noiseRootKey = identity.rootKey();
    SimulatedNetwork parts =
        SimulatedNetwork.over(state, identity, randomness, config.loggedStanzas());
    sockets =
        opened(
            new SocketServer(
                config.port(),
                WEBSOCKET_PATH,
                tls,
                config.sockets(),
                parts.connections(),
                requests(parts)));
    parts.media().listensAt(config.mediaHost().orElse("localhost:" + sockets.port()));
    faults = parts.faults();
    network = parts.network();
    control =
        opened(
            ControlServer.start(
                config.controlPort(),
                new SandboxGrpcService(
                    place(),
                    parts.network(),
                    parts.phones(),
                    parts.people(),
                    parts.watchers(),
                    parts.connections().scanner(),
                    parts.connections().keyboard(),
                    new FaultSwitches(faults, network, parts.deviceLists()),
                    new StanzaReader(parts.log(), network),
                    new DeviceCommands(network, parts.removal(), parts.reinstallation()))));
  }

  /**
   * Opens the sandbox of a directory.
   *
   * @throws SandboxException if the directory or a port cannot be used
   */
  public static Sandbox open(SandboxConfig config) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      var sandbox = new Sandbox(config, opened);
      log.info("sandbox: clients connect to wss://localhost:{}{}", sandbox.port(), WEBSOCKET_PATH);
      log.info("sandbox: noise root key {}", HexFormat.of().formatHex(sandbox.noiseRootKey()));
      log.info("sandbox: TLS certificate {}", sandbox.certificate());
      return sandbox;
    } catch (IOException | GeneralSecurityException | StateException e) {
      close(opened);
      throw new SandboxException("the sandbox cannot start: " + e.getMessage(), e);
    }
  }

  private static HttpRequestHandler requests(SimulatedNetwork parts) {
    return new MediaRequests(
        parts.media(),
        parts.faults(),
        parts.network().refusals(),
        new AdminRequests(
            parts.connections().scanner(),
            parts.connections().keyboard(),
            parts.network().refusals()));
  }

  /** Where clients connect and the admin calls are. */
  public int port() {
    return sockets.port();
  }

  /** Where the control service is. */
  public int controlPort() {
    return control.port();
  }

  /** What may be made to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** How often the network refused something, by kind. */
  public Map<String, Long> refusals() {
    return network.refusals().counts();
  }

  /** Closes every connection of a linked device, as a failing network would. */
  public int disconnectAll() {
    return network.disconnectAll();
  }

  /** What clients must take for the root of the noise certificates, 32 bytes. */
  public byte[] noiseRootKey() {
    return noiseRootKey.clone();
  }

  /** The TLS certificate that clients must trust, as PEM. */
  public Path certificate() {
    return tls.certificate();
  }

  /** How often the directory was opened before; counts this time. */
  private static long openings(StateStore store) {
    return store.commit(() -> {
      CountersRecord counters =
          store.counters().find(OPENINGS).orElseGet(CountersRecord::getDefaultInstance);
      long before = counters.getOpenings();
      store.counters().put(OPENINGS, counters.toBuilder().setOpenings(before + 1).build());
      return before;
    });
  }

  private Place place() throws IOException {
    return new Place(
        "wss://localhost:" + port() + WEBSOCKET_PATH,
        "https://localhost:" + port(),
        HexFormat.of().formatHex(noiseRootKey),
        Files.readString(certificate()));
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() {
    close(opened);
  }

  private static void close(Deque<AutoCloseable> opened) {
    for (AutoCloseable part : opened) {
      try {
        part.close();
      } catch (Exception e) {
        log.warn("a part of the sandbox did not close", e);
      }
    }
    opened.clear();
  }
}
