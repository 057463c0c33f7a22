package dev.switchboard.whatsapp.inbound;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.login.PreKeyStanzas;
import dev.switchboard.whatsapp.login.PreKeySupply;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;

/** Asks a sender for a message again; from the second time on with keys for a new session. */
public final class RetryRequests {
  private final AccountState account;
  private final StanzaStream stream;
  private final PreKeySupply supply;

  public RetryRequests(AccountState account, StanzaStream stream, PreKeySupply supply) {
    this.account = account;
    this.stream = stream;
    this.supply = supply;
  }

  void ask(InboundStanza stanza, int count) throws InterruptedException {
    DeviceKeys keys = account.credentials().keys();
    NodeBuilder receipt =
        Node.builder("receipt")
            .attribute("id", stanza.id())
            .attribute("type", "retry")
            .attribute("to", stanza.from());
    stanza.recipient().ifPresent(recipient -> receipt.attribute("recipient", recipient));
    receipt
        .child(
            Node.builder("retry")
                .attribute("count", count)
                .attribute("id", stanza.id())
                .attribute("t", stanza.node().attribute("t"))
                .attribute("v", "1")
                .build())
        .child(PreKeyStanzas.registration(keys));
    if (count > 1) {
      receipt.child(keys(keys));
    }
    stream.send(receipt.build());
  }

  private Node keys(DeviceKeys keys) {
    return Node.of(
        "keys",
        PreKeyStanzas.type(),
        PreKeyStanzas.identity(keys),
        PreKeyStanzas.key(supply.take(1).getFirst()),
        PreKeyStanzas.signedKey(keys),
        Node.of("device-identity", account.credentials().deviceIdentity()));
  }
}
