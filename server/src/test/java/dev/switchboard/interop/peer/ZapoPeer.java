package dev.switchboard.interop.peer;

import java.util.List;

/** zapo as a peer, with every check of its own; its credentials live as long as its process. */
public final class ZapoPeer extends Peer {
  private ZapoPeer(PeerProcess process) {
    super(process);
  }

  public static ZapoPeer asShipped(PeerNetwork network, String name) {
    return new ZapoPeer(
        new PeerCommand(network, name, List.of("--experimental-websocket"), "zapo-client.mjs")
            .start());
  }
}
