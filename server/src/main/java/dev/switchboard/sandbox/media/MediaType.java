package dev.switchboard.sandbox.media;

/** What media is for (measured with independent clients). */
public enum MediaType {
  APP_STATE("WhatsApp App State Keys", "md-app-state"),
  HISTORY("WhatsApp History Keys", "md-msg-hist");

  private final String keyInfo;
  private final String wireName;

  MediaType(String keyInfo, String wireName) {
    this.keyInfo = keyInfo;
    this.wireName = wireName;
  }

  String keyInfo() {
    return keyInfo;
  }

  /** Part of the path, and what clients name it in their query. */
  public String wireName() {
    return wireName;
  }
}
