package dev.switchboard.whatsapp.presence;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the account seen online if that is wanted, and asks then to be told of those whom it follows:
 * the network tells nobody who is not online, and forgets with the connection who asked (read in
 * public sources). It cannot be asked to stop either: what is told of others is passed over.
 */
final class Following implements Timed {
  /** So many are asked about at once; the next after a pause, as no person would ask faster. */
  static final int AT_ONCE = 10;

  static final Duration PAUSE = Duration.ofSeconds(1);

  /** When to look again what is wanted, if storage was away. */
  static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Following.class);

  private final AccountState account;
  private final ConnectorHost host;
  private final StanzaStream stream;
  private final Presence presence;
  private final PrivacyTokens tokens;
  private final InstantSource clock;

  /** Whether something else may be wanted than what was seen here. */
  private volatile boolean outdated = true;

  private Instant look = Instant.MIN;
  private PresenceWish wish = PresenceWish.NONE;
  private List<Peer> unasked = List.of();
  private Instant ask = Instant.MIN;

  /** What was told of those who are followed; nothing for who follows nobody. */
  private @Nullable Told told;

  Following(
      AccountState account,
      ConnectorHost host,
      StanzaStream stream,
      Presence presence,
      PrivacyTokens tokens,
      InstantSource clock) {
    this.account = account;
    this.host = host;
    this.stream = stream;
    this.presence = presence;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Something else is wanted; from any thread. */
  void wished() {
    outdated = true;
  }

  /** Somebody is said to be online, or not to be. */
  void receive(Node stanza) throws InterruptedException {
    if (told != null) {
      lookIfDue(clock.instant()); // Nothing is told of whom nobody follows by now.
    }
    Told known = told;
    if (known != null) {
      stanza
          .jid("from")
          .map(Jid::withoutDevice)
          .flatMap(account.aliases()::peer)
          .ifPresent(person ->
              wish.find(person)
                  .ifPresent(followed -> known.tell(followed, person, Presences.read(stanza))));
    }
  }

  @Override
  public void tick(Instant now) throws InterruptedException {
    lookIfDue(now);
    if (told != null) {
      told.tick(now);
    }
    if (mayAsk() && !ask.isAfter(now)) {
      ask = now.plus(PAUSE);
      askSome();
    }
  }

  private void lookIfDue(Instant now) throws InterruptedException {
    if (outdated && !look.isAfter(now)) {
      look(now);
    }
  }

  private void look(Instant now) throws InterruptedException {
    outdated = false; // Before it is looked: what is wanted meanwhile is looked for again.
    try {
      follow(host.presenceWish());
    } catch (GatewayException e) {
      log.info("what is wanted of presence is looked for again later: {}", e.getMessage());
      outdated = true;
      look = now.plus(LOOK_AGAIN);
    }
  }

  private void follow(PresenceWish wanted) throws InterruptedException {
    // Who was not online has to ask about everybody, and others about those who came.
    Set<Peer> asked = wish.online() ? Set.copyOf(wish.followed()) : Set.of();
    unasked =
        wanted.followed().stream()
            .filter(each -> !asked.contains(each) || unasked.contains(each))
            .toList();
    wish = wanted;
    keep(wanted.online() ? wanted.followed() : List.of());
    presence.want(wanted.online());
  }

  private void keep(List<Peer> followed) {
    if (followed.isEmpty()) {
      told = null;
    } else {
      told = told == null ? new Told(host, clock) : told;
      told.keep(followed);
    }
  }

  /** Not before the network knows that the account is online, for which it needs a name. */
  private boolean mayAsk() {
    return !unasked.isEmpty() && wish.online() && presence.isAvailable();
  }

  private void askSome() throws InterruptedException {
    List<Peer> some = unasked.stream().limit(AT_ONCE).toList();
    unasked = unasked.stream().skip(AT_ONCE).toList();
    for (Peer person : some) {
      ask(account.aliases().chat(person));
    }
  }

  /** With the token by which the person's side knows the account, as independent clients do. */
  private void ask(Jid person) throws InterruptedException {
    var subscription =
        Node.builder("presence").attribute("to", person).attribute("type", "subscribe");
    tokens.of(person).ifPresent(subscription::child);
    stream.send(subscription.build());
  }

  @Override
  public Instant deadline() {
    return Stream.of(
            outdated ? look : Instant.MAX,
            told == null ? Instant.MAX : told.deadline(),
            mayAsk() ? ask : Instant.MAX)
        .min(Instant::compareTo)
        .orElseThrow();
  }
}
