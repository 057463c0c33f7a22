package dev.switchboard.interop.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The command line of a peer; the programs lie beside the tests and are installed by the build. */
final class PeerCommand {
  private static final Path PROGRAMS = Path.of("src", "test", "peers");
  private static final Path LOGS = Path.of("target", "peers");

  private static final AtomicInteger STARTED = new AtomicInteger();

  private final List<String> words = new ArrayList<>(List.of("node"));
  private final PeerNetwork network;
  private final String name;

  PeerCommand(PeerNetwork network, String name, List<String> nodeFlags, String program) {
    this.network = network;
    this.name = name;
    words.addAll(nodeFlags);
    words.add(PROGRAMS.resolve(program).toString());
    with("--port", Integer.toString(network.port()));
    with("--root", network.noiseRoot());
    with("--name", name);
  }

  PeerCommand with(String... flags) {
    words.addAll(List.of(flags));
    return this;
  }

  PeerProcess start() {
    return PeerProcess.start(
        words,
        Map.of("NODE_EXTRA_CA_CERTS", network.certificate().toAbsolutePath().toString()),
        LOGS.resolve(name + "-" + STARTED.incrementAndGet() + ".log"));
  }
}
