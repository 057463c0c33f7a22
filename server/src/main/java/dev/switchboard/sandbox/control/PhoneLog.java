package dev.switchboard.sandbox.control;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.phone.MessageText;
import dev.switchboard.sandbox.phone.inbox.PhoneInbox;
import dev.switchboard.sandbox.record.ReceivedMessageRecord;
import dev.switchboard.sandbox.state.Table;
import dev.switchboard.whatsapp.proto.Message;
import java.util.List;

/** What a phone has decrypted, in order. */
final class PhoneLog {
  private final Network network;

  PhoneLog(Network network) {
    this.network = network;
  }

  /**
   * The messages that follow a sequence number.
   *
   * @param phone digits of the phone number
   */
  List<PhoneMessage> after(String phone, long sequence, int limit) {
    return network.change(change ->
        change
            .state()
            .store()
            .receivedMessages()
            .startingAfter(PhoneInbox.key(phone, sequence), limit)
            .stream()
            .filter(entry -> entry.key().startsWith(phone + "/"))
            .map(PhoneLog::describe)
            .toList());
  }

  private static PhoneMessage describe(Table.Entry<ReceivedMessageRecord> entry) {
    ReceivedMessageRecord stored = entry.record();
    Message message = parse(stored);
    return PhoneMessage.newBuilder()
        .setSequence(PhoneInbox.sequence(entry.key()))
        .setMessageId(stored.getId())
        .setSenderPhoneNumber("+" + stored.getSender())
        .setSenderDeviceId(stored.getSenderDevice())
        .setChatPhoneNumber("+" + stored.getChat())
        .setKind(MessageText.kind(message))
        .setText(MessageText.of(message).orElse(""))
        .setRaw(stored.getMessage())
        .setReceiveTime(Times.ofMillis(stored.getReceivedAt()))
        .setRepeatCount(stored.getRepeats())
        .build();
  }

  private static Message parse(ReceivedMessageRecord stored) {
    try {
      return Message.parseFrom(stored.getMessage());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message that was read once cannot be read again", e);
    }
  }
}
