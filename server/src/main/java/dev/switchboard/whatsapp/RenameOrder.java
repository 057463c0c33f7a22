package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.appstate.AppState;
import dev.switchboard.whatsapp.appstate.UploadOutcome;
import dev.switchboard.whatsapp.link.Order;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Gives the account's owner another name. */
final class RenameOrder implements Order {
  private final AppState appState;
  private final String name;
  private final CompletableFuture<UploadOutcome> result = new CompletableFuture<>();

  RenameOrder(AppState appState, String name) {
    this.appState = appState;
    this.name = name;
  }

  CompletableFuture<UploadOutcome> result() {
    return result;
  }

  @Override
  public void carryOut() throws InterruptedException {
    try {
      result.complete(appState.rename(name));
    } finally { // When the connection ended meanwhile; otherwise there is an outcome already.
      result.complete(new UploadOutcome.Unknown());
    }
  }

  @Override
  public void abandon() {
    result.completeExceptionally(new CancellationException("the connection ended"));
  }
}
