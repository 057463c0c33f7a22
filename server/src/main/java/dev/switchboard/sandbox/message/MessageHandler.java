package dev.switchboard.sandbox.message;

import dev.switchboard.sandbox.account.AccountSignatures;
import dev.switchboard.sandbox.account.ParticipantHash;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.fault.Manner;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.phone.Phones;
import dev.switchboard.sandbox.privacy.Strangers;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.List;
import java.util.Optional;

/** Direct messages: checked, acknowledged, and handed to each device they are encrypted for. */
public final class MessageHandler {
  /** Also what the real network says of a message it does not take (read in public sources). */
  private static final int REFUSED = 479;

  /** A reach-out lock or a missing token: one code for both (read in public sources). */
  private static final int NOT_ALLOWED = 463;

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int NOT_IMPLEMENTED = 501;

  private final Fanout fanout;
  private final Faults faults;

  public MessageHandler(Phones phones, Faults faults) {
    this.fanout = new Fanout(phones, faults);
    this.faults = faults;
  }

  /**
   * Handles a message within the change.
   *
   * @throws WireException if it has no id and so cannot even be refused
   */
  public void handle(Client client, Node stanza, Change change) {
    String _ = stanza.requiredAttribute("id");
    Optional<Manner> error = faults.strike(Fault.ACK_ERROR, client.device());
    if (error.isPresent()) {
      refuse(client, stanza, error.get().code(), change);
      return;
    }
    try {
      deliver(client, stanza, change);
    } catch (WireException e) {
      // Nothing was delivered yet: a message is read as a whole first.
      refuse(client, stanza, Refusal.MALFORMED_STANZA, BAD_REQUEST, change);
    }
  }

  private void deliver(Client client, Node stanza, Change change) {
    Optional<Jid> to = stanza.jid("to");
    Optional<AccountRecord> peer = to.flatMap(change.state().accounts()::find);
    if (to.isEmpty() || !(to.get().isPhoneNumber() || to.get().isLid())) {
      refuse(client, stanza, Refusal.UNSUPPORTED_MESSAGE, NOT_IMPLEMENTED, change);
      return;
    }
    if (peer.isEmpty()) {
      // The code is our choice: what the real network answers was never seen.
      refuse(client, stanza, Refusal.UNKNOWN_PEER, NOT_FOUND, change);
      return;
    }
    AccountRecord sender = change.state().accounts().find(client.device().account()).orElseThrow();
    var message = new DirectMessage(client.device(), sender, peer.get(), to.get(), stanza);
    Optional<Refusal> wrong = check(message, change);
    if (wrong.isPresent()) {
      refuse(client, stanza, wrong.get(), REFUSED, change);
      return;
    }
    if (!message.isPeerMessage() && Strangers.refuses(change, sender, peer.get(), stanza)) {
      refuse(client, stanza, Refusal.STRANGER, NOT_ALLOWED, change);
      return;
    }
    Strangers.greet(change, sender, peer.get());
    change.state().contacts().meet(sender.getPhoneNumber(), peer.get().getPhoneNumber());
    List<Jid> missing = fanout.missing(message, change);
    NodeBuilder ack = acknowledgement(stanza, change);
    if (!missing.isEmpty()) {
      change.state().refusals().count(Refusal.MISSING_DEVICE);
      ack.attribute("phash", ParticipantHash.of(fanout.expected(message, change)));
    }
    change.say(client.link(), ack.build());
    fanout.send(message, change);
  }

  private static Optional<Refusal> check(DirectMessage message, Change change) {
    if (message.parts().isEmpty()) {
      return Optional.of(Refusal.MALFORMED_STANZA);
    }
    for (DirectMessage.Part part : message.parts()) {
      Optional<AccountRecord> account = change.state().accounts().find(part.to());
      if (account.filter(message::concerns).isEmpty()) {
        return Optional.of(Refusal.FOREIGN_PARTICIPANT);
      }
    }
    return message.startsSession() && !message.isPeerMessage()
        ? checkIdentity(message, change)
        : Optional.empty();
  }

  private static Optional<Refusal> checkIdentity(DirectMessage message, Change change) {
    Optional<Node> identity = message.stanza().child("device-identity");
    if (identity.isEmpty()) {
      return Optional.of(Refusal.MISSING_DEVICE_IDENTITY);
    }
    DeviceRecord device = change.state().devices().find(message.device()).orElseThrow();
    return AccountSignatures.isIdentityOf(message.sender(), device, identity.get().bytes())
        ? Optional.empty()
        : Optional.of(Refusal.BAD_DEVICE_IDENTITY);
  }

  private static void refuse(Client client, Node stanza, Refusal kind, int error, Change change) {
    change.state().refusals().count(kind);
    refuse(client, stanza, error, change);
  }

  private static void refuse(Client client, Node stanza, int error, Change change) {
    change.say(client.link(), acknowledgement(stanza, change).attribute("error", error).build());
  }

  private static NodeBuilder acknowledgement(Node stanza, Change change) {
    return Node.builder("ack")
        .attribute("class", "message")
        .attribute("id", stanza.requiredAttribute("id"))
        .attribute("from", stanza.attribute("to"))
        .attribute("t", change.state().seconds());
  }
}
