package dev.switchboard.whatsapp.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.proto.HistorySync;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.PhoneNumberToLIDMapping;
import dev.switchboard.whatsapp.wire.Jid;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class HistoryPairsTest {
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

    assertThat(HistoryPairs.of(notification(deflated(history.toByteArray()))))
        .containsExactly(
            new AliasBook.Pair(Jid.ofPhoneNumber("15550001000"), Jid.ofLid("100000000001000")));
  }

  @Test
  void refusesWhatInflatesBeyondTheLimit() {
    assertThat(HistoryPairs.of(notification(deflated(new byte[9 << 20])))).isEmpty();
  }

  @Test
  void refusesATruncatedPart() {
    byte[] whole = deflated(new byte[1000]);

    assertThat(HistoryPairs.of(notification(Arrays.copyOf(whole, whole.length / 2)))).isEmpty();
  }

  @Test
  void refusesWhatIsNotDeflated() {
    assertThat(HistoryPairs.of(notification(new byte[] {1, 2, 3}))).isEmpty();
  }

  @Test
  void aPartThatLiesElsewhereTellsNothing() {
    assertThat(HistoryPairs.of(Message.HistorySyncNotification.getDefaultInstance())).isEmpty();
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
