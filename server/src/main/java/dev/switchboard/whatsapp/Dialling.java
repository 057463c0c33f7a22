package dev.switchboard.whatsapp;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.whatsapp.session.SessionEnded;
import dev.switchboard.whatsapp.socket.SocketException;
import dev.switchboard.whatsapp.socket.SocketLink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The dial of one connection, on a virtual thread of its own: neither a resolver nor a server that
 * takes its time may keep an account from being stopped.
 */
final class Dialling {
  private final CompletableFuture<SocketLink> link = new CompletableFuture<>();

  /** Opens the socket; blocks. */
  @FunctionalInterface
  interface Dial {
    SocketLink open() throws InterruptedException;
  }

  /**
   * Waits for the socket.
   *
   * @throws SessionEnded when it is stopped first
   * @throws SocketException when the dial fails
   */
  SocketLink await(Dial dial) throws InterruptedException {
    Thread dialler = Thread.ofVirtual().name("dial").unstarted(() -> run(dial));
    if (!link.isDone()) {
      dialler.start();
    }
    try {
      return link.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      if (!link.completeExceptionally(e) && !link.isCompletedExceptionally()) {
        link.resultNow().close();
      }
      throw e;
    } finally {
      dialler.interrupt(); // In vain where it is done.
    }
  }

  /** Ends the wait, now or when it begins; a socket that opens all the same is closed. */
  void stop() {
    link.completeExceptionally(new SessionEnded(new ConnectionEnd.Stopped()));
  }

  private void run(Dial dial) {
    try {
      SocketLink opened = dial.open();
      if (!link.complete(opened)) {
        opened.close();
      }
    } catch (RuntimeException | Error | InterruptedException e) {
      link.completeExceptionally(e);
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException known -> known;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("the dial was cut short", cause);
    };
  }
}
