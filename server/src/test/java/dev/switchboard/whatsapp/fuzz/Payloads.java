package dev.switchboard.whatsapp.fuzz;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.proto.Conversation;
import dev.switchboard.whatsapp.proto.HistorySync;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.MessageContextInfo;
import dev.switchboard.whatsapp.proto.PhoneNumberToLIDMapping;
import dev.switchboard.whatsapp.proto.Pushname;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Deflater;

/** Good payloads of every kind that is read. */
public final class Payloads {
  private Payloads() {}

  public static List<Message> messages() {
    Message text = Message.newBuilder().setConversation("hello \u00e4\ud83d\ude00").build();
    return List.of(
        text,
        Message.newBuilder()
            .setExtendedTextMessage(Message.ExtendedTextMessage.newBuilder().setText("hi"))
            .setMessageContextInfo(MessageContextInfo.getDefaultInstance())
            .build(),
        Message.newBuilder()
            .setEphemeralMessage(Message.FutureProofMessage.newBuilder().setMessage(text))
            .build(),
        Message.newBuilder().setImageMessage(ByteString.copyFromUtf8("an image")).build(),
        Message.newBuilder()
            .setDeviceSentMessage(
                Message.DeviceSentMessage.newBuilder()
                    .setDestinationJid("15550003000@s.whatsapp.net")
                    .setMessage(text))
            .build(),
        keyShare(),
        Message.newBuilder()
            .setProtocolMessage(
                Message.ProtocolMessage.newBuilder()
                    .setType(Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION)
                    .setHistorySyncNotification(inline(deflated(history(3).toByteArray()))))
            .build());
  }

  private static Message keyShare() {
    return Message.newBuilder()
        .setProtocolMessage(
            Message.ProtocolMessage.newBuilder()
                .setType(Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE)
                .setAppStateSyncKeyShare(
                    Message.AppStateSyncKeyShare.newBuilder()
                        .addKeys(
                            Message.AppStateSyncKey.newBuilder()
                                .setKeyId(
                                    Message.AppStateSyncKeyId.newBuilder()
                                        .setKeyId(
                                            ByteString.copyFrom(new byte[] {0, 1, 2, 3, 4, 5})))
                                .setKeyData(
                                    Message.AppStateSyncKeyData.newBuilder()
                                        .setKeyData(ByteString.copyFrom(new byte[32]))))))
        .build();
  }

  /** Parts of the history, inflated. */
  public static List<byte[]> histories() {
    return List.of(
        history(3).toByteArray(),
        HistorySync.newBuilder()
            .setSyncType(HistorySync.HistorySyncType.INITIAL_BOOTSTRAP)
            .addConversations(
                Conversation.newBuilder()
                    .setId("15550002000@s.whatsapp.net")
                    .setLidJid("100000000002000@lid")
                    .setTcToken(ByteString.copyFromUtf8("token"))
                    .setTcTokenTimestamp(1_700_000_000)
                    .setName("Bob"))
            .addConversations(
                Conversation.newBuilder()
                    .setId("100000000003000@lid")
                    .setPnJid("15550003000@s.whatsapp.net"))
            .addPushnames(Pushname.newBuilder().setId("15550002000@s.whatsapp.net"))
            .build()
            .toByteArray());
  }

  /** So many mappings of one person, and nothing else. */
  public static HistorySync history(int mappings) {
    HistorySync.Builder history = HistorySync.newBuilder();
    for (int count = 0; count < mappings; count++) {
      history.addPhoneNumberToLidMappings(
          PhoneNumberToLIDMapping.newBuilder()
              .setPnJid("15550002000@s.whatsapp.net")
              .setLidJid("100000000002000@lid"));
    }
    return history.build();
  }

  public static Message.HistorySyncNotification inline(byte[] deflated) {
    return Message.HistorySyncNotification.newBuilder()
        .setInitialHistBootstrapInlinePayload(ByteString.copyFrom(deflated))
        .build();
  }

  public static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    byte[] chunk = new byte[8_192];
    while (!deflater.finished()) {
      deflated.write(chunk, 0, deflater.deflate(chunk));
    }
    deflater.end();
    return deflated.toByteArray();
  }
}
