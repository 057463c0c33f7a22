package dev.switchboard.sandbox.companion;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.media.MediaHost;
import dev.switchboard.sandbox.media.MediaType;
import dev.switchboard.sandbox.media.Placed;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.phone.outbox.PhoneOutbox;
import dev.switchboard.sandbox.privacy.Tokens;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.proto.Conversation;
import dev.switchboard.whatsapp.proto.HistorySync;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.Message.HistorySyncNotification;
import dev.switchboard.whatsapp.proto.Message.ProtocolMessage;
import dev.switchboard.whatsapp.proto.PhoneNumberToLIDMapping;
import dev.switchboard.whatsapp.proto.Pushname;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/**
 * What a phone tells a companion at its first login: the key of the app state, and a history that
 * holds names and JIDs. Clients wait for it (measured with independent clients).
 */
public final class Bootstrap {
  private static final int ALL = 100;
  private static final int MOST_CHATS = 100;

  private final PhoneOutbox outbox;
  private final MediaHost media;
  private final Faults faults;
  private final PhoneBook phoneBook;

  public Bootstrap(PhoneOutbox outbox, MediaHost media, Faults faults, SecureRandom random) {
    this.outbox = outbox;
    this.media = media;
    this.faults = faults;
    this.phoneBook = new PhoneBook(random);
  }

  /** Sends it, and writes names into the app state unless they are there. */
  public void run(Change change, AccountRecord phone, DeviceAddress device) {
    phoneBook.write(change, phone);
    outbox.sendToCompanion(change, phone, device, KeyShare.of(change, phone));
    outbox.sendToCompanion(change, phone, device, history(change, phone, device));
  }

  private Message history(Change change, AccountRecord phone, DeviceAddress device) {
    String byNumber = Jids.byNumber(phone, 0).toString();
    HistorySync history =
        HistorySync.newBuilder()
            .setSyncType(HistorySync.HistorySyncType.INITIAL_BOOTSTRAP)
            .setChunkOrder(1)
            .setProgress(ALL)
            .addPushnames(Pushname.newBuilder().setId(byNumber).setPushname(phone.getPushName()))
            .addPhoneNumberToLidMappings(
                PhoneNumberToLIDMapping.newBuilder()
                    .setPnJid(byNumber)
                    .setLidJid(Jids.hidden(phone, 0).toString()))
            .addAllConversations(chats(change, phone))
            .build();
    return protocol(
        ProtocolMessage.newBuilder()
            .setType(ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION)
            .setHistorySyncNotification(
                payload(deflated(history.toByteArray()), device)
                    .setSyncType(Message.HistorySyncType.INITIAL_BOOTSTRAP)
                    .setChunkOrder(1)
                    .setProgress(ALL)));
  }

  private HistorySyncNotification.Builder payload(ByteString history, DeviceAddress device) {
    if (!faults.happens(Fault.EXTERNAL_BLOBS, device)) {
      return HistorySyncNotification.newBuilder().setInitialHistBootstrapInlinePayload(history);
    }
    Placed placed = media.put(MediaType.HISTORY, device, history.toByteArray());
    return HistorySyncNotification.newBuilder()
        .setMediaKey(placed.key())
        .setDirectPath(placed.path())
        .setFileLength(placed.size())
        .setFileSha256(placed.hash())
        .setFileEncSha256(placed.encryptedHash());
  }

  /** The chats with those who gave the phone a token: what a new companion could not know. */
  private static List<Conversation> chats(Change change, AccountRecord phone) {
    return change.state().contacts().of(phone.getPhoneNumber()).stream()
        .flatMap(contact -> change.state().accounts().find(contact).stream())
        .flatMap(contact ->
            Tokens.given(change, contact.getPhoneNumber(), phone.getPhoneNumber()).stream()
                .map(token -> chat(change, contact, token)))
        .limit(MOST_CHATS)
        .toList();
  }

  private static Conversation chat(Change change, AccountRecord contact, ByteString token) {
    return Conversation.newBuilder()
        .setId(Jids.byNumber(contact, 0).toString())
        .setTcToken(token)
        .setTcTokenTimestamp(change.state().clock().instant().getEpochSecond())
        .build();
  }

  private static Message protocol(ProtocolMessage.Builder content) {
    return Message.newBuilder().setProtocolMessage(content).build();
  }

  private static ByteString deflated(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(out.toByteArray());
  }
}
