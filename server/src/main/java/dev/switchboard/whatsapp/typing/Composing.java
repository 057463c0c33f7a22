package dev.switchboard.whatsapp.typing;

import dev.switchboard.model.Peer;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * To whom the account is seen typing. The network shows it of nobody who is not online (read in
 * public sources), so the account is online from the first of them to the last, and no longer.
 */
public final class Composing implements Timed {
  /** How many people see it at a time at most; more do not. */
  static final int MOST = 64;

  /** Phones stop showing it after a while, unless it is said again (read in public sources). */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** How long what was typed may take to leave: then it is said that nobody types any more. */
  static final Duration GRACE = Duration.ofSeconds(3);

  private static final Comparator<Shown> SOONEST = Comparator.comparing(Shown::due);

  private final AccountState account;
  private final StanzaStream stream;
  private final Presence presence;
  private final InstantSource clock;
  private final Map<Peer, Shown> shown = HashMap.newHashMap(1);

  private record Shown(Jid chat, Instant again, Instant typed, Instant over) {
    Instant due() {
      return again.isBefore(typed) ? again : over;
    }
  }

  public Composing(
      AccountState account, StanzaStream stream, Presence presence, InstantSource clock) {
    this.account = account;
    this.stream = stream;
    this.presence = presence;
    this.clock = clock;
  }

  /** Shows it to the person until then. */
  void begin(Peer to, Instant typed) throws InterruptedException {
    Jid chat = account.aliases().chat(to);
    boolean room = shown.size() < MOST || shown.containsKey(to);
    if (room && presence.appear()) {
      say(chat, "composing");
      shown.put(to, new Shown(chat, clock.instant().plus(AGAIN), typed, typed.plus(GRACE)));
    }
  }

  /** What was typed has left, or will not: that is word enough. */
  public void over(Peer to) throws InterruptedException {
    if (shown.remove(to) != null) {
      disappear();
    }
  }

  @Override
  public void tick(Instant now) throws InterruptedException {
    for (Map.Entry<Peer, Shown> each : Map.copyOf(shown).entrySet()) {
      if (!each.getValue().due().isAfter(now)) {
        next(each.getKey(), each.getValue(), now);
      }
    }
  }

  private void next(Peer to, Shown before, Instant now) throws InterruptedException {
    Jid chat = before.chat();
    if (before.again().isBefore(before.typed())) {
      say(chat, "composing");
      shown.put(to, new Shown(chat, now.plus(AGAIN), before.typed(), before.over()));
    } else {
      say(chat, "paused");
      shown.remove(to);
      disappear();
    }
  }

  @Override
  public Instant deadline() {
    return shown.isEmpty() ? Instant.MAX : Collections.min(shown.values(), SOONEST).due();
  }

  private void disappear() throws InterruptedException {
    if (shown.isEmpty()) {
      presence.disappear();
    }
  }

  /** Under the name of this device that belongs to the chat's, as independent clients do. */
  private void say(Jid chat, String what) throws InterruptedException {
    Jid own = account.credentials().jid();
    stream.send(
        Node.builder("chatstate")
            .attribute("from", chat.isLid() ? account.credentials().knownLid().orElse(own) : own)
            .attribute("to", chat)
            .child(Node.of(what))
            .build());
  }
}
