package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.presence.Typing;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.Optional;
import java.util.Set;

/**
 * Typing and recording: told to those who are there, kept for nobody, and of nobody who is not
 * online (the engine is to be so while it types).
 */
final class ChatStateHandler implements StanzaHandler {
  private static final Set<String> STATES = Set.of("composing", "paused");

  @Override
  public void handle(Client client, Node chatState, Change change) {
    require(client, chatState, change);
    if (!change.sightings().isSeenOn(client.device())) {
      return;
    }
    Optional<Jid> to = chatState.jid("to");
    Optional<AccountRecord> peer = to.flatMap(change.state().accounts()::find);
    if (peer.isEmpty()) {
      return;
    }
    AccountRecord sender = change.state().accounts().find(client.device().account()).orElseThrow();
    Typing.tell(change, sender, peer.get(), to.get(), chatState.children().getFirst());
  }

  /** It says one thing, and of the device that says it. */
  private static void require(Client client, Node chatState, Change change) {
    boolean saysOneThing =
        chatState.children().size() == 1 && STATES.contains(chatState.children().getFirst().tag());
    boolean ofItself =
        chatState
            .jid("from")
            .flatMap(change.state().accounts()::address)
            .filter(client.device()::equals)
            .isPresent();
    if (!saysOneThing || !ofItself) {
      throw new WireException("a chatstate has one state, and its own device in from");
    }
  }
}
