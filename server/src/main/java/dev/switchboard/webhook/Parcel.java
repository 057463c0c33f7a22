package dev.switchboard.webhook;

import java.util.Map;

/**
 * Something to post.
 *
 * @param headers all of them, signature and those of its owner, but what HTTP itself asks for
 * @param body JSON; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
public record Parcel(String url, Map<String, String> headers, byte[] body) {
  public Parcel {
    headers = Map.copyOf(headers);
  }

  /** Hides it all. */
  @Override
  public String toString() {
    return "Parcel[" + body.length + " bytes]";
  }
}
