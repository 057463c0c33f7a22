package dev.switchboard.sandbox.network;

import dev.switchboard.whatsapp.wire.Node;
import java.util.Map;

/** What the server says before it closes a connection. */
public final class StreamErrors {
  private StreamErrors() {}

  /** The child of a stream error that says why the connection lost its place. */
  public static Node conflict(String type) {
    return Node.of("conflict", Map.of("type", type));
  }

  /** Another connection of the same device took over. */
  public static Node replaced() {
    return Node.of("stream:error", conflict("replaced"));
  }

  /** The device is linked no more. */
  public static Node deviceRemoved() {
    return Node.of("stream:error", conflict("device_removed"));
  }

  public static Node code(int code) {
    return Node.of("stream:error", Map.of("code", Integer.toString(code)));
  }
}
