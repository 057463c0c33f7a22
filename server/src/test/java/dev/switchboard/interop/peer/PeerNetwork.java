package dev.switchboard.interop.peer;

import java.nio.file.Path;

/**
 * The server that peers connect to.
 *
 * @param port where it listens on localhost
 * @param noiseRoot public key in hex that signs its Noise certificate chain
 * @param certificate its TLS certificate as PEM, the only one that peers trust beside the usual
 *     ones
 */
public record PeerNetwork(int port, String noiseRoot, Path certificate) {
  public PeerNetwork {
    if (!noiseRoot.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a Noise root key is 64 hex digits");
    }
  }
}
