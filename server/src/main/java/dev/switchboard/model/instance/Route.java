package dev.switchboard.model.instance;

/** How an account's traffic reaches its network: the socket's, and that of media. */
public sealed interface Route permits Route.Direct, Proxy {
  /** Nothing of ours in between. */
  record Direct() implements Route {}
}
