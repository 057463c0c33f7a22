package dev.switchboard.sandbox.phone;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.phone.inbox.Arrival;
import dev.switchboard.sandbox.phone.inbox.PhoneInbox;
import dev.switchboard.sandbox.phone.outbox.PhoneOutbox;
import dev.switchboard.sandbox.phone.outbox.SentMessages;
import dev.switchboard.sandbox.phone.signal.PhoneSignal;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.AccountRecord.Behaviour;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import java.util.Optional;

/** What the network and the people ask of phones. */
public final class Phones {
  private final PhoneInbox inbox;
  private final PhoneOutbox outbox;
  private final PhoneSignal signal;
  private final SentMessages sent;
  private final OwnMessages own;

  /** What a phone does with a message of one of its own companions. */
  public interface OwnMessages {
    void said(Change change, Arrival arrival, Message message);
  }

  public Phones(
      PhoneInbox inbox,
      PhoneOutbox outbox,
      PhoneSignal signal,
      SentMessages sent,
      OwnMessages own) {
    this.inbox = inbox;
    this.outbox = outbox;
    this.signal = signal;
    this.sent = sent;
    this.own = own;
  }

  /** Hands a phone what was sent to it; an ECHO person answers a text with the same text. */
  public void receive(Change change, Arrival arrival, Ciphertext ciphertext) {
    received(change, arrival, inbox.receive(change, arrival, ciphertext));
  }

  private void received(Change change, Arrival arrival, Optional<Message> message) {
    if (arrival.isOwn()) {
      message.ifPresent(said -> own.said(change, arrival, said));
      return;
    }
    if (message.isEmpty() || arrival.phone().getBehaviour() != Behaviour.ECHO) {
      return;
    }
    AccountRecord sender = change.state().accounts().find(arrival.sender().account()).orElseThrow();
    // Two of them would never stop.
    if (sender.getBehaviour() != Behaviour.ECHO) {
      MessageText.of(message.get())
          .ifPresent(text -> sendText(change, arrival.phone(), sender, text));
    }
  }

  /**
   * Types a text on a phone.
   *
   * @return the id of the message
   */
  public String sendText(Change change, AccountRecord phone, AccountRecord peer, String text) {
    Message message = Message.newBuilder().setConversation(text).build();
    String id = outbox.newId();
    change.state().contacts().meet(phone.getPhoneNumber(), peer.getPhoneNumber());
    outbox.send(change, phone, peer, id, message);
    if (!phone.getPhoneNumber().equals(peer.getPhoneNumber())) {
      // From one phone of ours to another: no client is at either end to be checked by ciphertext.
      Arrival arrival = arrival(phone, peer, id);
      received(change, arrival, inbox.take(change, arrival, message));
    }
    return id;
  }

  private static Arrival arrival(AccountRecord phone, AccountRecord peer, String id) {
    return new Arrival(
        peer, new DeviceAddress(phone.getPhoneNumber(), 0), peer, Jids.byNumber(peer, 0), id, 0);
  }

  /** The session with a device has no use any more, because the device was set up anew. */
  public void forget(Change change, AccountRecord phone, DeviceAddress device) {
    signal.forget(change, phone, device);
  }

  /**
   * A device could not decrypt what a phone sent: it gets it again, so often and no more, whatever
   * it says itself of how often it asked.
   *
   * @param keys what the device sent along to start a new session with
   */
  public void resend(
      Change change,
      AccountRecord phone,
      DeviceAddress device,
      String id,
      int attempt,
      Optional<PreKeyBundle> keys) {
    Optional<SentMessages.Sent> message = sent.find(change, phone, id);
    if (message.isEmpty()) {
      return;
    }
    if (!sent.mayAnswer(change, phone, id, device)) {
      change.state().refusals().count(Refusal.TOO_MANY_RETRIES);
      return;
    }
    if (keys.isPresent()) {
      signal.establish(change, phone, device, keys.get());
    } else {
      signal.forget(change, phone, device);
    }
    outbox.resend(change, phone, device, message.get(), attempt);
  }
}
