package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.link.Order;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Asks the server to remove this device; the connection then ends as removed. */
final class UnlinkOrder implements Order {
  private final StanzaStream stream;
  private final Credentials credentials;
  private final CompletableFuture<Void> result = new CompletableFuture<>();

  UnlinkOrder(StanzaStream stream, Credentials credentials) {
    this.stream = stream;
    this.credentials = credentials;
  }

  CompletableFuture<Void> result() {
    return result;
  }

  @Override
  public void carryOut() throws InterruptedException {
    try {
      Node remove =
          Node.of(
              "remove-companion-device",
              Map.of("jid", credentials.jid().toString(), "reason", "user_initiated"));
      stream.request("set", "md", remove);
      result.complete(null);
    } finally {
      abandon();
    }
  }

  @Override
  public void abandon() {
    result.completeExceptionally(new CancellationException("the connection ended"));
  }
}
