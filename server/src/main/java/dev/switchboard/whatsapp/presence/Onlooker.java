package dev.switchboard.whatsapp.presence;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.login.Presence;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.time.InstantSource;

/** Knows who deals with which word on what others do. */
public final class Onlooker implements Timed {
  private final ChatStates chatStates;
  private final Following following;

  public Onlooker(
      AccountState account,
      ConnectorHost host,
      StanzaStream stream,
      Presence presence,
      PrivacyTokens tokens,
      InstantSource clock) {
    this.chatStates = new ChatStates(account, host, clock);
    this.following = new Following(account, host, stream, presence, tokens, clock);
  }

  public void receive(Node stanza) throws InterruptedException {
    if (stanza.tag().equals("chatstate")) {
      chatStates.receive(stanza);
    } else {
      following.receive(stanza);
    }
  }

  /** Something else is wanted; from any thread. What is returned wakes the session's. */
  public PresenceOrder wished() {
    following.wished();
    return new PresenceOrder();
  }

  @Override
  public void tick(Instant now) throws InterruptedException {
    following.tick(now);
  }

  @Override
  public Instant deadline() {
    return following.deadline();
  }
}
