package dev.switchboard.whatsapp.tunnel;

/**
 * Why a proxy opened no tunnel.
 *
 * @param detail a short text for people, with the code that the proxy answered
 */
public record ProxyFault(Kind kind, String detail) {
  /** What may be made of it. */
  public enum Kind {
    /** It cannot be reached, answers nothing or nonsense, or cannot reach the server. */
    UNAVAILABLE,
    /** It wants other credentials, or does not allow this server. */
    REFUSED
  }
}
