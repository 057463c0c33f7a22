package dev.switchboard.sandbox.phone.inbox;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.phone.signal.PhoneSignal;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.ReceivedMessageRecord;
import dev.switchboard.sandbox.state.StateStore;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.SignalException;
import java.util.Optional;

/** Decrypts what comes to a phone and keeps it: the newest so many, each id once. */
public final class PhoneInbox {
  private final PhoneSignal signal;
  private final PhoneReceipts receipts;
  private final PhoneWatchers watchers;

  public PhoneInbox(PhoneSignal signal, PhoneReceipts receipts, PhoneWatchers watchers) {
    this.signal = signal;
    this.receipts = receipts;
    this.watchers = watchers;
  }

  /**
   * Takes a message, and answers with a delivery receipt or a request to send it again.
   *
   * @return the message if it is new
   */
  public Optional<Message> receive(Change change, Arrival arrival, Ciphertext ciphertext) {
    try {
      byte[] plaintext = signal.decrypt(change, arrival.phone(), arrival.sender(), ciphertext);
      return take(change, arrival, Message.parseFrom(plaintext));
    } catch (InvalidProtocolBufferException e) {
      change.state().refusals().count(Refusal.MALFORMED_MESSAGE);
      return Optional.empty();
    } catch (SignalException e) {
      failed(change, arrival, e.reason());
      return Optional.empty();
    }
  }

  /**
   * Takes what was decrypted, and answers with a delivery receipt.
   *
   * @return the message if it is new
   */
  public Optional<Message> take(Change change, Arrival arrival, Message message) {
    // What companions say to their phone alone is no message of a chat.
    boolean fresh = isPeerMessage(arrival, message) || keep(change, arrival, message);
    if (!arrival.isOwn()) {
      receipts.delivered(change, arrival);
    }
    return fresh ? Optional.of(message) : Optional.empty();
  }

  private static boolean isPeerMessage(Arrival arrival, Message message) {
    return arrival.isOwn() && message.hasProtocolMessage();
  }

  private void failed(Change change, Arrival arrival, SignalException.Reason reason) {
    if (reason == SignalException.Reason.DUPLICATE) {
      if (!arrival.isOwn()) {
        receipts.delivered(change, arrival);
      }
      return;
    }
    change.state().refusals().count(Refusal.UNDECRYPTABLE);
    receipts.askAgain(change, arrival);
  }

  private boolean keep(Change change, Arrival arrival, Message message) {
    StateStore store = change.state().store();
    String phone = arrival.phone().getPhoneNumber();
    String idKey = phone + "/" + arrival.sender().account() + "/" + arrival.id();
    Optional<StringValue> known = store.receivedIds().find(idKey);
    if (known.isPresent()) {
      repeated(store, known.get().getValue());
      return false;
    }
    AccountRecord account = change.state().accounts().find(phone).orElseThrow();
    long sequence = account.getReceived() + 1;
    change.state().accounts().put(account.toBuilder().setReceived(sequence).build());
    store.receivedIds().put(idKey, StringValue.of(key(phone, sequence)));
    store.receivedMessages().put(key(phone, sequence), record(change, arrival, message));
    forget(store, phone, sequence - change.state().limits().phoneMessages());
    change.afterwards(() -> watchers.arrived(phone));
    return true;
  }

  private static void repeated(StateStore store, String key) {
    store
        .receivedMessages()
        .find(key)
        .map(shown -> shown.toBuilder().setRepeats(shown.getRepeats() + 1).build())
        .ifPresent(shown -> store.receivedMessages().put(key, shown));
  }

  private static ReceivedMessageRecord record(Change change, Arrival arrival, Message message) {
    // What the own companions sent is shown in the chat with its recipient.
    String chat = arrival.isOwn() ? arrival.chat().getPhoneNumber() : arrival.sender().account();
    return ReceivedMessageRecord.newBuilder()
        .setId(arrival.id())
        .setSender(arrival.sender().account())
        .setSenderDevice(arrival.sender().device())
        .setChat(chat)
        .setReceivedAt(change.state().clock().millis())
        .setMessage(message.toByteString())
        .build();
  }

  private static void forget(StateStore store, String phone, long sequence) {
    if (sequence < 1) {
      return;
    }
    String key = key(phone, sequence);
    store
        .receivedMessages()
        .find(key)
        .ifPresent(
            old -> store.receivedIds().remove(phone + "/" + old.getSender() + "/" + old.getId()));
    store.receivedMessages().remove(key);
  }

  /** Where a phone's message lies. */
  public static String key(String phone, long sequence) {
    return phone + "/" + "%016x".formatted(sequence);
  }

  /** The number of the message that lies under the key. */
  public static long sequence(String key) {
    return Long.parseLong(key.substring(key.indexOf('/') + 1), 16);
  }
}
