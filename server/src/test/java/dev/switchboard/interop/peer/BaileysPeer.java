package dev.switchboard.interop.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Baileys as a peer. Its credentials lie in a folder: a second process with the same folder is the
 * same device.
 */
public final class BaileysPeer extends Peer {
  private static final Duration TALKING = Duration.ofSeconds(60);

  private final PeerProcess process;

  private BaileysPeer(PeerProcess process) {
    super(process);
    this.process = process;
  }

  /** Gives the account's owner another name, through the app state. */
  public void rename(String name) {
    process.say("rename", Map.of("name", name));
    await("changed");
  }

  /** Pins a chat, through the app state. */
  public void pin(String chat) {
    process.say("pin", Map.of("to", chat));
    await("changed");
  }

  /** Shows somebody that the owner is typing, as {@code composing} or {@code paused}. */
  public void type(String to, String state) {
    process.say("typing", Map.of("to", to, "state", state));
  }

  /** Says whether the owner is there, as {@code available} or {@code unavailable}. */
  public void appear(String state) {
    process.say("typing", Map.of("state", state));
  }

  /** Asks to be told whether somebody is there. */
  public void subscribe(String to) {
    process.say("subscribe", Map.of("to", to));
  }

  /** Waits until somebody is said to be there or not, as {@code available}. */
  public PeerEvent awaitPresence(String of, String state) {
    return process
        .events()
        .await("presence", TALKING, event -> event.has("from", of) && event.has("state", state));
  }

  /** Waits until somebody is said to have gone, and when. */
  public PeerEvent awaitLastSeen(String of) {
    return process
        .events()
        .await(
            "presence",
            TALKING,
            event -> event.has("from", of) && !event.text("lastSeen").isEmpty());
  }

  /** Waits until somebody is seen typing, as {@code composing}. */
  public PeerEvent awaitTyping(String state) {
    return process.events().await("presence", TALKING, event -> event.has("state", state));
  }

  /** Waits until the app state says that the owner has this name. */
  public PeerEvent awaitName(String name) {
    return process.events().await("named", TALKING, event -> event.has("name", name));
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
