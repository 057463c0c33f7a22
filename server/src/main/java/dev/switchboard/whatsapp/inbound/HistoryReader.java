package dev.switchboard.whatsapp.inbound;

import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;
import static com.google.protobuf.WireFormat.WIRETYPE_VARINT;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.media.MediaKind;
import dev.switchboard.whatsapp.media.MediaReference;
import dev.switchboard.whatsapp.privacy.PrivacyTokens;
import dev.switchboard.whatsapp.proto.Conversation;
import dev.switchboard.whatsapp.proto.HistorySync;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.PhoneNumberToLIDMapping;
import dev.switchboard.whatsapp.wire.Jid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads of a part of the history the names that it tells and the privacy tokens; of the history
 * itself nothing is kept yet.
 */
final class HistoryReader {
  private static final Logger log = LoggerFactory.getLogger(HistoryReader.class);

  /** Inflated, which is done bit by bit. Of a part that is larger nothing is learnt. */
  private static final int LARGEST_BYTES = 32 << 20;

  /** More than an account has chats; whoever is beyond is learnt when he writes. */
  static final int MOST_ENTRIES = 50_000;

  private static final int MAPPING =
      HistorySync.PHONE_NUMBER_TO_LID_MAPPINGS_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
  private static final int CHAT =
      HistorySync.CONVERSATIONS_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;

  private static final int MAPPED_NUMBER =
      PhoneNumberToLIDMapping.PN_JID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
  private static final int MAPPED_LID =
      PhoneNumberToLIDMapping.LID_JID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;

  private static final int CHAT_ID = Conversation.ID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
  private static final int CHAT_LID =
      Conversation.LID_JID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
  private static final int CHAT_NUMBER =
      Conversation.PN_JID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
  private static final int TOKEN =
      Conversation.TC_TOKEN_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
  private static final int TOKEN_GIVEN =
      Conversation.TC_TOKEN_TIMESTAMP_FIELD_NUMBER << 3 | WIRETYPE_VARINT;
  private static final int TOKEN_ISSUED =
      Conversation.TC_TOKEN_SENDER_TIMESTAMP_FIELD_NUMBER << 3 | WIRETYPE_VARINT;

  private final List<AliasBook.Pair> pairs = new ArrayList<>();
  private final List<PrivacyTokens.Known> tokens = new ArrayList<>();

  private HistoryReader() {}

  /**
   * What a part tells.
   *
   * @param pairs names of one person each
   * @param tokens what people gave the account, by the name of their chat
   */
  record Part(List<AliasBook.Pair> pairs, List<PrivacyTokens.Known> tokens) {
    static final Part NOTHING = new Part(List.of(), List.of());

    Part {
      pairs = List.copyOf(pairs);
      tokens = List.copyOf(tokens);
    }
  }

  /** Where the part lies, if the notification does not hold it. */
  static Optional<MediaReference> elsewhere(Message.HistorySyncNotification notification) {
    return notification.hasInitialHistBootstrapInlinePayload() || !notification.hasDirectPath()
        ? Optional.empty()
        : Optional.of(
            new MediaReference(
                MediaKind.HISTORY,
                notification.getDirectPath(),
                notification.getMediaKey(),
                notification.getFileEncSha256(),
                notification.getFileSha256(),
                notification.getFileLength()));
  }

  /** Nothing when the part is not inline, or not readable. */
  static Part read(Message.HistorySyncNotification notification) {
    return notification.hasInitialHistBootstrapInlinePayload()
        ? read(notification.getInitialHistBootstrapInlinePayload().toByteArray())
        : Part.NOTHING;
  }

  /** Nothing when the deflated part is not readable. */
  static Part read(byte[] deflated) {
    try {
      return new HistoryReader().read(new InflaterInputStream(new ByteArrayInputStream(deflated)));
    } catch (IOException e) {
      log.warn("a part of the history cannot be read: {}", e.getMessage());
      return Part.NOTHING;
    }
  }

  /**
   * Entry by entry, and of each only what is wanted: as a whole, two bytes of a hostile part would
   * be a hundred of an object, millions of times.
   */
  private Part read(InputStream history) throws IOException {
    CodedInputStream input = CodedInputStream.newInstance(history);
    int _ = input.setSizeLimit(LARGEST_BYTES);
    int entries = 0;
    for (int tag = input.readTag(); tag != 0 && entries < MOST_ENTRIES; tag = input.readTag()) {
      entries++;
      switch (tag) {
        case MAPPING -> mapping(input);
        case CHAT -> chat(input);
        default -> input.skipField(tag);
      }
    }
    return new Part(pairs, tokens);
  }

  private void mapping(CodedInputStream input) throws IOException {
    String number = "";
    String lid = "";
    int outer = input.pushLimit(input.readRawVarint32());
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (tag) {
        case MAPPED_NUMBER -> number = input.readString();
        case MAPPED_LID -> lid = input.readString();
        default -> input.skipField(tag);
      }
    }
    input.popLimit(outer);
    add(number, lid);
  }

  private void chat(CodedInputStream input) throws IOException {
    String id = "";
    String lid = "";
    String number = "";
    ByteString token = ByteString.EMPTY;
    long given = 0;
    long issued = 0;
    int outer = input.pushLimit(input.readRawVarint32());
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (tag) {
        case CHAT_ID -> id = input.readString();
        case CHAT_LID -> lid = input.readString();
        case CHAT_NUMBER -> number = input.readString();
        case TOKEN -> token = input.readBytes();
        case TOKEN_GIVEN -> given = input.readUInt64();
        case TOKEN_ISSUED -> issued = input.readUInt64();
        default -> input.skipField(tag);
      }
    }
    input.popLimit(outer);
    add(id, lid);
    add(number, id);
    keep(id, token, given, issued);
  }

  private void add(String one, String other) {
    Jid.tryParse(one)
        .ifPresent(first ->
            Jid.tryParse(other).ifPresent(second -> pairs.add(new AliasBook.Pair(first, second))));
  }

  private void keep(String chat, ByteString token, long given, long issued) {
    if (!token.isEmpty()) {
      Jid.tryParse(chat)
          .ifPresent(person -> tokens.add(new PrivacyTokens.Known(person, token, given, issued)));
    }
  }
}
