package dev.switchboard.sandbox.phone.outbox;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.phone.signal.PhoneSignal;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.Message.DeviceSentMessage;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Encrypts what a phone says for each device that is to read it. */
public final class PhoneOutbox {
  private static final int ID_BYTES = 9;

  private final PhoneSignal signal;
  private final SentMessages sent;
  private final Faults faults;
  private final SecureRandom random;

  public PhoneOutbox(PhoneSignal signal, SentMessages sent, Faults faults, SecureRandom random) {
    this.signal = signal;
    this.sent = sent;
    this.faults = faults;
    this.random = random;
  }

  /** An id as phones make them. */
  public String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "3A" + HexFormat.of().withUpperCase().formatHex(bytes);
  }

  /** Sends to the companions of the peer and, as a copy, to the own ones. */
  public void send(
      Change change, AccountRecord phone, AccountRecord peer, String id, Message message) {
    sent.keep(change, phone, id, peer.getPhoneNumber(), message, false);
    if (!peer.getPhoneNumber().equals(phone.getPhoneNumber())) {
      for (DeviceRecord device : change.state().devices().of(peer.getPhoneNumber())) {
        var target = new DeviceAddress(peer.getPhoneNumber(), device.getId());
        post(change, phone, target, text(change, phone, id), message, 0);
      }
    }
    Message copy = copy(peer, message);
    for (DeviceRecord device : change.state().devices().of(phone.getPhoneNumber())) {
      var target = new DeviceAddress(phone.getPhoneNumber(), device.getId());
      post(change, phone, target, ownText(change, phone, peer, id), copy, 0);
    }
  }

  /** Sends to one own companion what only companions are told. */
  public void sendToCompanion(
      Change change, AccountRecord phone, DeviceAddress device, Message message) {
    String id = newId();
    sent.keep(change, phone, id, phone.getPhoneNumber(), message, true);
    post(change, phone, device, peerMessage(change, phone, id), message, 0);
  }

  /** Sends once more, to the one device that could not decrypt. */
  public void resend(
      Change change,
      AccountRecord phone,
      DeviceAddress device,
      SentMessages.Sent message,
      int attempt) {
    boolean own = device.account().equals(phone.getPhoneNumber());
    if (message.peer()) {
      post(
          change,
          phone,
          device,
          peerMessage(change, phone, message.id()),
          message.message(),
          attempt);
    } else if (own) {
      NodeBuilder stanza = ownText(change, phone, message.chat(), message.id());
      post(change, phone, device, stanza, copy(message.chat(), message.message()), attempt);
    } else {
      post(change, phone, device, text(change, phone, message.id()), message.message(), attempt);
    }
  }

  private void post(
      Change change,
      AccountRecord phone,
      DeviceAddress target,
      NodeBuilder stanza,
      Message message,
      int attempt) {
    boolean isPeerMessage = stanza.build().has("category", "peer");
    signal
        .encrypt(change, phone, target, message)
        .ifPresent(ciphertext -> {
          NodeBuilder enc =
              Node.builder("enc").attribute("v", 2).attribute("type", ciphertext.type().wireName());
          if (attempt > 0) {
            enc.attribute("count", attempt);
          }
          // What a phone tells only its companions is spared: nothing would work without it.
          byte[] carried =
              isPeerMessage ? ciphertext.bytes() : faults.carried(ciphertext.bytes(), target);
          change.queue(target, stanza.child(enc.bytes(carried).build()).build());
        });
  }

  private static Message copy(AccountRecord peer, Message message) {
    return Message.newBuilder()
        .setDeviceSentMessage(
            DeviceSentMessage.newBuilder()
                .setDestinationJid(Jids.byNumber(peer, 0).toString())
                .setMessage(message))
        .build();
  }

  private static NodeBuilder text(Change change, AccountRecord phone, String id) {
    return stanza(change, phone, id)
        .attribute("type", "text")
        .attribute("sender_lid", Jids.hidden(phone, 0));
  }

  private static NodeBuilder ownText(
      Change change, AccountRecord phone, AccountRecord peer, String id) {
    return text(change, phone, id).attribute("recipient", Jids.byNumber(peer, 0));
  }

  private static NodeBuilder peerMessage(Change change, AccountRecord phone, String id) {
    return stanza(change, phone, id).attribute("type", "protocol").attribute("category", "peer");
  }

  private static NodeBuilder stanza(Change change, AccountRecord phone, String id) {
    return Node.builder("message")
        .attribute("from", Jids.byNumber(phone, 0))
        .attribute("id", id)
        .attribute("t", change.state().seconds())
        .attribute("notify", phone.getPushName());
  }
}
