package dev.switchboard.sandbox.phone.outbox;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.SentMessageRecord;
import dev.switchboard.sandbox.state.Table;
import dev.switchboard.whatsapp.proto.Message;
import java.util.Optional;

/** The last messages of each phone, for devices that ask for one again. */
public final class SentMessages {
  private static final int KEPT = 200;

  /** How often a device gets one message again: as independent clients keep to. */
  private static final int MOST_ANSWERS = 10;

  void keep(
      Change change, AccountRecord phone, String id, String chat, Message message, boolean peer) {
    AccountRecord current = change.state().accounts().find(phone.getPhoneNumber()).orElseThrow();
    long sequence = current.getSent();
    change.state().accounts().put(current.toBuilder().setSent(sequence + 1).build());
    change
        .state()
        .store()
        .sentMessages()
        .put(
            prefix(phone) + "%04d".formatted(sequence % KEPT),
            SentMessageRecord.newBuilder()
                .setId(id)
                .setChat(chat)
                .setMessage(message.toByteString())
                .setPeer(peer)
                .build());
  }

  public Optional<Sent> find(Change change, AccountRecord phone, String id) {
    return kept(change, phone, id).flatMap(entry -> sent(change, entry.record()));
  }

  /** Counts one more answer to the device; false when it had as many as it may have. */
  public boolean mayAnswer(Change change, AccountRecord phone, String id, DeviceAddress device) {
    Optional<Table.Entry<SentMessageRecord>> kept = kept(change, phone, id);
    int answers = kept.map(entry -> entry.record().getAnswersOrDefault(device.key(), 0)).orElse(0);
    if (kept.isEmpty() || answers >= MOST_ANSWERS) {
      return false;
    }
    SentMessageRecord counted =
        kept.get().record().toBuilder().putAnswers(device.key(), answers + 1).build();
    change.state().store().sentMessages().put(kept.get().key(), counted);
    return true;
  }

  private static Optional<Table.Entry<SentMessageRecord>> kept(
      Change change, AccountRecord phone, String id) {
    return change.state().store().sentMessages().startingWith(prefix(phone), KEPT).stream()
        .filter(entry -> entry.record().getId().equals(id))
        .findFirst();
  }

  private static Optional<Sent> sent(Change change, SentMessageRecord record) {
    Message message;
    try {
      message = Message.parseFrom(record.getMessage());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept message cannot be read", e);
    }
    return change
        .state()
        .accounts()
        .find(record.getChat())
        .map(chat -> new Sent(record.getId(), chat, message, record.getPeer()));
  }

  private static String prefix(AccountRecord phone) {
    return phone.getPhoneNumber() + "/";
  }

  /** A message as it was for the chat's devices. */
  public record Sent(String id, AccountRecord chat, Message message, boolean peer) {}
}
