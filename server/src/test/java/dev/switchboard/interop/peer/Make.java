package dev.switchboard.interop.peer;

import java.nio.file.Path;

/** The makes of clients that judge. */
public enum Make {
  BAILEYS {
    @Override
    public Peer start(PeerNetwork network, String name, Path folder) {
      return BaileysPeer.asShipped(network, name, folder);
    }
  },
  STRICT_BAILEYS {
    @Override
    public Peer start(PeerNetwork network, String name, Path folder) {
      return BaileysPeer.strict(network, name, folder);
    }
  },
  ZAPO {
    @Override
    public Peer start(PeerNetwork network, String name, Path folder) {
      return ZapoPeer.asShipped(network, name);
    }
  };

  /**
   * Starts a client.
   *
   * @param name its push name
   * @param folder keeps its credentials, where it keeps any
   */
  public abstract Peer start(PeerNetwork network, String name, Path folder);
}
