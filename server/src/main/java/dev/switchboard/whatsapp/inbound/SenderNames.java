package dev.switchboard.whatsapp.inbound;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.model.contact.ContactNames;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that senders give themselves, told to the gateway when they are new. */
public final class SenderNames {
  /** Who wrote last is remembered, so that not every message asks the database. */
  private static final int MOST_REMEMBERED = 128;

  private final AccountState account;
  private final ConnectorHost host;
  private final Map<Jid, Integer> told = new LinkedHashMap<>(2, 0.75f, true);

  public SenderNames(AccountState account, ConnectorHost host) {
    this.account = account;
    this.host = host;
  }

  void heard(InboundStanza stanza) {
    Jid person = stanza.sender().withoutDevice();
    Optional<String> name = stanza.node().attribute("notify").filter(text -> !text.isBlank());
    if (name.isEmpty() || account.credentials().isOwnAccount(person)) {
      return;
    }
    // A hash is enough: where two names share one, the next connection tells the new one.
    Integer hash = name.get().hashCode();
    if (!hash.equals(told.get(person))) {
      account
          .aliases()
          .peer(person)
          .ifPresent(peer ->
              host.named(
                  List.of(new NamedPeer(peer, ContactNames.ofPush(name.get()))), false, List.of()));
      remember(person, hash);
    }
  }

  private void remember(Jid person, Integer hash) {
    if (told.size() >= MOST_REMEMBERED) {
      told.remove(told.keySet().iterator().next());
    }
    told.put(person, hash);
  }
}
