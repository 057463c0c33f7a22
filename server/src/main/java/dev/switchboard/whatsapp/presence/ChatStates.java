package dev.switchboard.whatsapp.presence;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What people are seen doing in their chats, told to the gateway when it is new. A recording is a
 * composing of the medium audio (read in public sources). Groups are passed over.
 */
public final class ChatStates {
  /** Whoever goes on with something is told of again. */
  static final Duration AGAIN = Duration.ofSeconds(10);

  /** Each costs a transaction, and is worth nothing soon: the rest of a flood is passed over. */
  static final int MOST_A_MINUTE = 60;

  private static final int MOST_REMEMBERED = 64;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AccountState account;
  private final ConnectorHost host;
  private final InstantSource clock;
  private final Map<Jid, Told> told = new LinkedHashMap<>(2, 0.75f, true);
  private Instant minute = Instant.EPOCH;
  private int inMinute;

  private record Told(ChatState state, Instant at) {}

  public ChatStates(AccountState account, ConnectorHost host, InstantSource clock) {
    this.account = account;
    this.host = host;
    this.clock = clock;
  }

  public void receive(Node stanza) {
    Optional<Jid> from = stanza.jid("from").map(Jid::withoutDevice);
    Optional<ChatState> state = state(stanza);
    if (from.isPresent() && state.isPresent()) {
      seen(from.get(), state.get());
    }
  }

  private void seen(Jid person, ChatState state) {
    Instant now = clock.instant();
    if (!account.credentials().isOwnAccount(person) && isNews(person, state, now)) {
      account
          .aliases()
          .peer(person)
          .filter(_ -> mayTell(now))
          .ifPresent(chat -> {
            remember(person, new Told(state, now));
            host.chatState(chat, state);
          });
    }
  }

  private static Optional<ChatState> state(Node stanza) {
    Optional<Node> composing = stanza.child("composing");
    if (composing.isPresent()) {
      boolean audio = composing.get().has("media", "audio");
      return Optional.of(audio ? ChatState.RECORDING : ChatState.COMPOSING);
    }
    return stanza.child("paused").map(_ -> ChatState.PAUSED);
  }

  private boolean isNews(Jid person, ChatState state, Instant now) {
    Told last = told.get(person);
    return last == null || last.state() != state || !last.at().plus(AGAIN).isAfter(now);
  }

  private boolean mayTell(Instant now) {
    if (!minute.plus(MINUTE).isAfter(now)) {
      minute = now;
      inMinute = 0;
    }
    inMinute++;
    return inMinute <= MOST_A_MINUTE;
  }

  private void remember(Jid person, Told what) {
    if (told.size() >= MOST_REMEMBERED && !told.containsKey(person)) {
      told.remove(told.keySet().iterator().next());
    }
    told.put(person, what);
  }
}
