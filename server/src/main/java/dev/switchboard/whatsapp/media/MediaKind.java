package dev.switchboard.whatsapp.media;

/** What media is for: says how its keys are derived and where it lies (read in public sources). */
public enum MediaKind {
  APP_STATE("WhatsApp App State Keys", "md-app-state"),
  HISTORY("WhatsApp History Keys", "md-msg-hist");

  private final String keyInfo;
  private final String wireName;

  MediaKind(String keyInfo, String wireName) {
    this.keyInfo = keyInfo;
    this.wireName = wireName;
  }

  String keyInfo() {
    return keyInfo;
  }

  String wireName() {
    return wireName;
  }
}
