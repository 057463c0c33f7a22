package dev.switchboard.whatsapp;

import dev.switchboard.connector.ConnectionEnd.LoggedOut;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.link.Order;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.SessionEnded;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
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
      stream.request("set", "md", removal());
      // The server's word is enough: it may hang up before it says so once more.
      throw new SessionEnded(new LoggedOut(StateCause.DEVICE_REMOVED, "unlinked by itself"));
    } catch (SessionEnded e) {
      if (e.end() instanceof LoggedOut) {
        result.complete(null);
      }
      throw e;
    } catch (RequestRefused e) {
      result.completeExceptionally(e);
    } finally {
      abandon();
    }
  }

  @Override
  public void abandon() {
    result.completeExceptionally(new CancellationException("the connection ended"));
  }

  private Node removal() {
    return Node.builder("remove-companion-device")
        .attribute("jid", credentials.jid())
        .attribute("reason", "user_initiated")
        .build();
  }
}
