package dev.switchboard.whatsapp.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.proto.Conversation;
import dev.switchboard.whatsapp.proto.HistorySync;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.PhoneNumberToLIDMapping;
import dev.switchboard.whatsapp.wire.Jid;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class HistoryReaderTest {
  @Test
  void readsTheMappings() {
    HistorySync history =
        HistorySync.newBuilder()
            .setSyncType(HistorySync.HistorySyncType.INITIAL_BOOTSTRAP)
            .addPhoneNumberToLidMappings(
                PhoneNumberToLIDMapping.newBuilder()
                    .setPnJid("15550001000@s.whatsapp.net")
                    .setLidJid("100000000001000@lid"))
            .build();

    assertThat(pairs(notification(deflated(history.toByteArray()))))
        .containsExactly(
            new AliasBook.Pair(Jid.ofPhoneNumber("15550001000"), Jid.ofLid("100000000001000")));
  }

  @Test
  void refusesWhatInflatesBeyondTheLimit() {
    assertThat(pairs(notification(deflated(new byte[9 << 20])))).isEmpty();
  }

  @Test
  void refusesATruncatedPart() {
    byte[] whole = deflated(new byte[1000]);

    assertThat(pairs(notification(Arrays.copyOf(whole, whole.length / 2)))).isEmpty();
  }

  @Test
  void refusesWhatIsNotDeflated() {
    assertThat(pairs(notification(new byte[] {1, 2, 3}))).isEmpty();
  }

  @Test
  void aPartThatLiesElsewhereTellsNothing() {
    assertThat(pairs(Message.HistorySyncNotification.getDefaultInstance())).isEmpty();
  }

  @Test
  void readsTheTokensOfChats() {
    ByteString token = ByteString.copyFromUtf8("token");
    HistorySync history =
        HistorySync.newBuilder()
            .setSyncType(HistorySync.HistorySyncType.INITIAL_BOOTSTRAP)
            .addConversations(
                Conversation.newBuilder()
                    .setId("15550001000@s.whatsapp.net")
                    .setTcToken(token)
                    .setTcTokenTimestamp(7)
                    .setTcTokenSenderTimestamp(5))
            .addConversations(Conversation.newBuilder().setId("15550002000@s.whatsapp.net"))
            .addConversations(Conversation.newBuilder().setTcToken(token).setTcTokenTimestamp(7))
            .build();

    assertThat(HistoryReader.read(notification(deflated(history.toByteArray()))).tokens())
        .containsExactly(new PrivacyTokens.Known(Jid.ofPhoneNumber("15550001000"), token, 7, 5));
  }

  private static List<AliasBook.Pair> pairs(Message.HistorySyncNotification notification) {
    return HistoryReader.read(notification).pairs();
  }

  private static Message.HistorySyncNotification notification(byte[] payload) {
    return Message.HistorySyncNotification.newBuilder()
        .setInitialHistBootstrapInlinePayload(ByteString.copyFrom(payload))
        .build();
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[4096];
    while (!deflater.finished()) {
      out.write(chunk, 0, deflater.deflate(chunk));
    }
    deflater.end();
    return out.toByteArray();
  }
}
