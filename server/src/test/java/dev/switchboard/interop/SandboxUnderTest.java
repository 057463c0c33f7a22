package dev.switchboard.interop;

import dev.switchboard.interop.peer.BaileysPeer;
import dev.switchboard.interop.peer.Make;
import dev.switchboard.interop.peer.Peer;
import dev.switchboard.interop.peer.PeerNetwork;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.SandboxConfig;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.network.Refusal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A sandbox in a folder of the test and the peers that connect to it; closing ends them all. */
final class SandboxUnderTest implements AutoCloseable {
  private static final int ALWAYS = 1_000;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Path folder;
  private Sandbox sandbox;
  private SandboxControl control;
  private final Deque<Peer> peers = new ArrayDeque<>();

  SandboxUnderTest(Path folder) {
    this.folder = folder;
    this.sandbox = Sandbox.open(SandboxConfig.in(folder.resolve("sandbox")));
    this.control = new SandboxControl(sandbox.controlPort());
  }

  /** Starts a client of that make under a name that nobody else has. */
  Peer start(Make make) {
    return start(make, make.name().toLowerCase(Locale.ROOT) + NAMES.incrementAndGet());
  }

  Peer start(Make make, String name) {
    return start(make, name, name);
  }

  /**
   * Starts a client.
   *
   * @param name by which the sandbox chooses the phone that scans
   * @param device names the folder of its credentials
   */
  Peer start(Make make, String name, String device) {
    Peer peer = make.start(network(), name, folder.resolve(device));
    peers.push(peer);
    return peer;
  }

  /** Starts a Baileys that commits the forgery of that name. */
  Peer startForging(String forgery) {
    String name = forgery + NAMES.incrementAndGet();
    Peer peer = BaileysPeer.forging(network(), name, folder.resolve(name), forgery);
    peers.push(peer);
    return peer;
  }

  /** From now on the sandbox makes this mistake every time. */
  void always(Fault fault) {
    sandbox.faults().arm(fault, ALWAYS, 0);
  }

  /** The sandbox makes this mistake the next time and then no more. */
  void once(Fault fault) {
    sandbox.faults().arm(fault, 1, 0);
  }

  long refusals(Refusal kind) {
    return sandbox.refusals().getOrDefault(kind.label(), 0L);
  }

  /** Ends the sandbox and opens it again on the same port and folder. */
  void restart() {
    int port = sandbox.port();
    control.close();
    sandbox.close();
    sandbox = Sandbox.open(SandboxConfig.in(folder.resolve("sandbox")).withPorts(port, 0));
    control = new SandboxControl(sandbox.controlPort());
  }

  /** Drops the connections of all clients. */
  void disconnectAll() {
    sandbox.disconnectAll();
  }

  SandboxControl control() {
    return control;
  }

  @Override
  public void close() {
    peers.forEach(Peer::close);
    control.close();
    sandbox.close();
  }

  private PeerNetwork network() {
    return new PeerNetwork(
        sandbox.port(), HexFormat.of().formatHex(sandbox.noiseRootKey()), sandbox.certificate());
  }
}
