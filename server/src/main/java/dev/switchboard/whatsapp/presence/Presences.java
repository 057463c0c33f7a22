package dev.switchboard.whatsapp.presence;

import dev.switchboard.model.contact.Presence;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a stanza says of somebody's presence; its words were read in public sources. */
final class Presences {
  private static final String LAST = "last";

  private Presences() {}

  static Presence read(Node stanza) {
    if (!stanza.has("type", "unavailable")) {
      return new Presence.Online();
    }
    return stanza.has(LAST, "deny")
        ? new Presence.Offline(null, true)
        : new Presence.Offline(lastSeen(stanza), false);
  }

  /** Other words than a time say that there is none. */
  private static @Nullable Instant lastSeen(Node stanza) {
    boolean number = stanza.attribute(LAST).filter(text -> text.matches("\\d{1,12}")).isPresent();
    long seconds = number ? Numbers.of(stanza, LAST, 0L) : 0;
    return seconds > 0 && seconds <= Numbers.LATEST_SECOND ? Instant.ofEpochSecond(seconds) : null;
  }
}
