package dev.switchboard.whatsapp.presence;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.Presence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the gateway what is new of those who are followed. Each costs a transaction, so there is a
 * limit; unlike what people type, the last word counts for long, and is told when there is room.
 */
final class Told {
  static final int MOST_A_MINUTE = 120;

  /** When to try again after storage was away. */
  static final Duration AGAIN = Duration.ofSeconds(5);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ConnectorHost host;
  private final InstantSource clock;

  /** By the names under which they are followed: so there are no more of them. */
  private final Map<Peer, Presence> last = HashMap.newHashMap(1);

  private final Map<Peer, News> waiting = LinkedHashMap.newLinkedHashMap(1);
  private Instant minute = Instant.EPOCH;
  private int inMinute;
  private Instant due = Instant.MIN;

  private record News(Peer person, Presence presence) {}

  Told(ConnectorHost host, InstantSource clock) {
    this.host = host;
    this.clock = clock;
  }

  /** Forgets everybody else. */
  void keep(Collection<Peer> followed) {
    last.keySet().retainAll(followed);
    waiting.keySet().retainAll(followed);
  }

  /**
   * Tells it, if it is new, now or when there is room.
   *
   * @param person under every name that is known
   */
  void tell(Peer followed, Peer person, Presence presence) {
    if (presence.equals(last.get(followed))) {
      waiting.remove(followed);
    } else {
      waiting.put(followed, new News(person, presence));
      tick(clock.instant());
    }
  }

  void tick(Instant now) {
    Iterator<Map.Entry<Peer, News>> all = waiting.entrySet().iterator();
    while (!due.isAfter(now) && all.hasNext()) {
      Map.Entry<Peer, News> each = all.next();
      if (mayTell(now) && tell(each.getValue(), now)) {
        last.put(each.getKey(), each.getValue().presence());
        all.remove();
      }
    }
  }

  private boolean mayTell(Instant now) {
    if (!minute.plus(MINUTE).isAfter(now)) {
      minute = now;
      inMinute = 0;
    }
    if (inMinute == MOST_A_MINUTE) {
      due = minute.plus(MINUTE);
      return false;
    }
    inMinute++;
    return true;
  }

  private boolean tell(News news, Instant now) {
    boolean taken = host.presence(news.person(), news.presence());
    if (!taken) {
      due = now.plus(AGAIN);
    }
    return taken;
  }

  /** When there is room for what waits. */
  Instant deadline() {
    return waiting.isEmpty() ? Instant.MAX : due;
  }
}
