package dev.switchboard.interop;

import java.nio.file.Path;

/**
 * The server that peers connect to.
 *
 * @param port where it listens on localhost
 * @param noiseRoot public key in hex that signs its Noise certificate chain
 * @param certificate its TLS certificate as PEM, the only one that peers trust beside the usual
 *     ones
 */
record PeerNetwork(int port, String noiseRoot, Path certificate) {
  PeerNetwork {
    if (!noiseRoot.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a Noise root key is 64 hex digits");
    }
  }
}
