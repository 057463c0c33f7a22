package dev.switchboard.interop;

import java.nio.file.Path;

/** The makes of clients that judge. */
enum Make {
  BAILEYS {
    @Override
    Peer start(PeerNetwork network, String name, Path folder) {
      return BaileysPeer.asShipped(network, name, folder);
    }
  },
  STRICT_BAILEYS {
    @Override
    Peer start(PeerNetwork network, String name, Path folder) {
      return BaileysPeer.strict(network, name, folder);
    }
  },
  ZAPO {
    @Override
    Peer start(PeerNetwork network, String name, Path folder) {
      return ZapoPeer.asShipped(network, name);
    }
  };

  abstract Peer start(PeerNetwork network, String name, Path folder);
}
