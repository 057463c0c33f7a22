package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Optional;

/** Typing and recording: told to those who are there, kept for nobody. */
final class ChatStateHandler implements StanzaHandler {
  @Override
  public void handle(Client client, Node chatState, Change change) {
    Optional<Jid> to = chatState.jid("to");
    Optional<AccountRecord> peer = to.flatMap(change.state().accounts()::find);
    if (peer.isEmpty()) {
      return;
    }
    AccountRecord sender = change.state().accounts().find(client.device().account()).orElseThrow();
    Node told =
        Node.builder("chatstate")
            .attribute("from", Jids.like(to.get(), sender, 0))
            .children(chatState.children())
            .build();
    for (DeviceRecord device : change.state().devices().of(peer.get().getPhoneNumber())) {
      change.tell(new DeviceAddress(peer.get().getPhoneNumber(), device.getId()), told);
    }
  }
}
