package dev.switchboard.whatsapp.inbound;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.proto.HistorySync;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.wire.Jid;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names that a part of the history tells; of the history itself nothing is kept yet. */
final class HistoryPairs {
  private static final Logger log = LoggerFactory.getLogger(HistoryPairs.class);

  /** Parts that are larger come as media, not inline. */
  private static final int LARGEST_BYTES = 8 << 20;

  private static final int CHUNK_BYTES = 16_384;

  private HistoryPairs() {}

  /** None when the part is not inline, or not readable. */
  static List<AliasBook.Pair> of(Message.HistorySyncNotification notification) {
    if (!notification.hasInitialHistBootstrapInlinePayload()) {
      return List.of();
    }
    try {
      byte[] inflated = inflate(notification.getInitialHistBootstrapInlinePayload().toByteArray());
      return pairs(HistorySync.parseFrom(inflated));
    } catch (DataFormatException | InvalidProtocolBufferException e) {
      log.warn("a part of the history cannot be read: {}", e.getMessage());
      return List.of();
    }
  }

  private static List<AliasBook.Pair> pairs(HistorySync history) {
    List<AliasBook.Pair> pairs = new ArrayList<>();
    history
        .getPhoneNumberToLidMappingsList()
        .forEach(mapping -> add(mapping.getPnJid(), mapping.getLidJid(), pairs));
    history
        .getConversationsList()
        .forEach(chat -> {
          add(chat.getId(), chat.getLidJid(), pairs);
          add(chat.getPnJid(), chat.getId(), pairs);
        });
    return pairs;
  }

  private static void add(String one, String other, List<AliasBook.Pair> pairs) {
    Jid.tryParse(one)
        .ifPresent(first ->
            Jid.tryParse(other).ifPresent(second -> pairs.add(new AliasBook.Pair(first, second))));
  }

  private static byte[] inflate(byte[] compressed) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      ByteArrayOutputStream inflated = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!inflater.finished()) {
        int length = inflater.inflate(chunk);
        if (length == 0 || inflated.size() + length > LARGEST_BYTES) {
          throw new DataFormatException("incomplete, or larger than allowed");
        }
        inflated.write(chunk, 0, length);
      }
      return inflated.toByteArray();
    } finally {
      inflater.end();
    }
  }
}
