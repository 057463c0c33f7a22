package dev.switchboard.whatsapp.inbound;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.proto.Conversation;
import dev.switchboard.whatsapp.proto.HistorySync;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.PhoneNumberToLIDMapping;
import dev.switchboard.whatsapp.wire.Jid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** More than an account has chats; whoever is beyond is learnt when he writes. */
  static final int MOST_ENTRIES = 50_000;

  private static final int MAPPING = tag(HistorySync.PHONE_NUMBER_TO_LID_MAPPINGS_FIELD_NUMBER);
  private static final List<Integer> MAPPING_NAMES =
      List.of(
          tag(PhoneNumberToLIDMapping.PN_JID_FIELD_NUMBER),
          tag(PhoneNumberToLIDMapping.LID_JID_FIELD_NUMBER));
  private static final int CHAT = tag(HistorySync.CONVERSATIONS_FIELD_NUMBER);
  private static final List<Integer> CHAT_NAMES =
      List.of(
          tag(Conversation.ID_FIELD_NUMBER),
          tag(Conversation.LID_JID_FIELD_NUMBER),
          tag(Conversation.PN_JID_FIELD_NUMBER));

  private HistoryPairs() {}

  private static int tag(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** None when the part is not inline, or not readable. */
  static List<AliasBook.Pair> of(Message.HistorySyncNotification notification) {
    if (!notification.hasInitialHistBootstrapInlinePayload()) {
      return List.of();
    }
    try {
      byte[] inflated = inflate(notification.getInitialHistBootstrapInlinePayload().toByteArray());
      return pairs(inflated);
    } catch (DataFormatException | IOException e) {
      log.warn("a part of the history cannot be read: {}", e.getMessage());
      return List.of();
    }
  }

  /**
   * Only names, entry by entry: as a whole, two bytes of a hostile part would be a hundred of an
   * object, millions of times.
   */
  private static List<AliasBook.Pair> pairs(byte[] history) throws IOException {
    List<AliasBook.Pair> pairs = new ArrayList<>();
    CodedInputStream input = CodedInputStream.newInstance(history);
    int entries = 0;
    for (int tag = input.readTag(); tag != 0 && entries < MOST_ENTRIES; tag = input.readTag()) {
      entries++;
      if (tag == MAPPING) {
        String[] names = names(input, MAPPING_NAMES);
        add(names[0], names[1], pairs);
      } else if (tag == CHAT) {
        String[] names = names(input, CHAT_NAMES);
        add(names[0], names[1], pairs);
        add(names[2], names[0], pairs);
      } else {
        input.skipField(tag);
      }
    }
    return pairs;
  }

  /** What stands under these tags of the message that is next; empty where nothing does. */
  private static String[] names(CodedInputStream input, List<Integer> tags) throws IOException {
    String[] names = new String[tags.size()];
    Arrays.fill(names, "");
    int outer = input.pushLimit(input.readRawVarint32());
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      int index = tags.indexOf(tag);
      if (index >= 0) {
        names[index] = input.readString();
      } else {
        input.skipField(tag);
      }
    }
    input.popLimit(outer);
    return names;
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
