package dev.switchboard.interop.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * Baileys as a peer. Its credentials lie in a folder: a second process with the same folder is the
 * same device.
 */
public final class BaileysPeer extends Peer {
  private BaileysPeer(PeerProcess process) {
    super(process);
  }

  /** As published: it ignores the result of most signature checks. */
  public static BaileysPeer asShipped(PeerNetwork network, String name, Path credentials) {
    return new BaileysPeer(command(network, name, credentials).start());
  }

  /** With its signature checks made real. */
  public static BaileysPeer strict(PeerNetwork network, String name, Path credentials) {
    return new BaileysPeer(command(network, name, credentials).with("--strict").start());
  }

  /** One that commits the forgery of that name from {@code lib/forgeries.mjs}. */
  public static BaileysPeer forging(
      PeerNetwork network, String name, Path credentials, String forgery) {
    return new BaileysPeer(command(network, name, credentials).with("--forge", forgery).start());
  }

  private static PeerCommand command(PeerNetwork network, String name, Path credentials) {
    return new PeerCommand(network, name, List.of(), "baileys-client.mjs")
        .with("--auth", credentials.toString());
  }
}
