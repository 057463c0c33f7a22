package dev.switchboard.sandbox.socket;

/** Serves one websocket on its own virtual thread; the link closes when this returns. */
@FunctionalInterface
public interface ByteLinkHandler {
  void serve(ByteLink link) throws InterruptedException;
}
