package dev.switchboard.whatsapp.retry;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.crypto.Padding;
import dev.switchboard.whatsapp.outbound.Bodies;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A message for one device alone, under the id it had. Attributes as independent clients send them
 * (read in public sources); those of groups come with groups.
 */
final class Resend {
  private final AccountState account;
  private final RandomGenerator random;

  Resend(AccountState account, RandomGenerator random) {
    this.account = account;
    this.random = random;
  }

  /** Encrypts with the unit's session; empty for what cannot be sent. */
  Optional<Node> stanza(RetryReceipt request, OutboundMessage message, SignalUnit unit) {
    boolean own = account.credentials().isOwnAccount(request.from());
    Jid chat = request.recipient().orElse(request.from()).withoutDevice();
    return Bodies.of(message.content())
        .map(body -> own ? Bodies.forOwnDevices(body, chat) : body)
        .map(body -> stanza(request, own ? Optional.of(chat) : Optional.empty(), body, unit));
  }

  private Node stanza(
      RetryReceipt request, Optional<Jid> recipient, Message body, SignalUnit unit) {
    Ciphertext ciphertext =
        unit.encrypt(
            account.aliases().address(request.from()), Padding.add(body.toByteArray(), random));
    NodeBuilder stanza =
        Node.builder("message")
            .attribute("id", request.id())
            .attribute("to", request.from())
            .attribute("type", "text")
            .attribute("recipient", recipient.map(Jid::toString))
            .attribute("t", request.time())
            .attribute("device_fanout", "false")
            .child(
                Node.builder("enc")
                    .attribute("v", "2")
                    .attribute("type", ciphertext.type().wireName())
                    .attribute("count", request.count())
                    .bytes(ciphertext.bytes())
                    .build());
    if (ciphertext.type() == Ciphertext.Type.PREKEY) {
      stanza.child(Node.of("device-identity", account.credentials().deviceIdentity()));
    }
    return stanza.build();
  }
}
