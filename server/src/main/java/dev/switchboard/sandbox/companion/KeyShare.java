package dev.switchboard.sandbox.companion;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.phone.Phones;
import dev.switchboard.sandbox.phone.inbox.Arrival;
import dev.switchboard.sandbox.phone.outbox.PhoneOutbox;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKey;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyData;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyFingerprint;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyId;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyShare;
import dev.switchboard.whatsapp.proto.Message.ProtocolMessage;
import java.util.List;

/** Shares the key of the app state: unasked at first, later with companions that ask for it. */
public final class KeyShare implements Phones.OwnMessages {
  private static final int MOST_ASKED = 100;

  private final PhoneOutbox outbox;

  public KeyShare(PhoneOutbox outbox) {
    this.outbox = outbox;
  }

  /** The one key a phone of this network has. */
  static Message of(Change change, AccountRecord phone) {
    return message(List.of(known(change, phone)));
  }

  /** A companion asks for keys; for one that the phone does not have it is told the bare id. */
  @Override
  public void said(Change change, Arrival arrival, Message message) {
    List<AppStateSyncKeyId> asked =
        message.getProtocolMessage().getAppStateSyncKeyRequest().getKeyIdsList();
    if (asked.isEmpty()) {
      return;
    }
    List<AppStateSyncKey> keys =
        asked.stream()
            .limit(MOST_ASKED)
            .map(id -> answer(change, arrival.phone(), id.getKeyId()))
            .toList();
    outbox.sendToCompanion(change, arrival.phone(), arrival.sender(), message(keys));
  }

  private static AppStateSyncKey answer(Change change, AccountRecord phone, ByteString id) {
    return id.equals(phone.getSyncKeyId())
        ? known(change, phone)
        : AppStateSyncKey.newBuilder()
            .setKeyId(AppStateSyncKeyId.newBuilder().setKeyId(id))
            .build();
  }

  private static AppStateSyncKey known(Change change, AccountRecord phone) {
    return AppStateSyncKey.newBuilder()
        .setKeyId(AppStateSyncKeyId.newBuilder().setKeyId(phone.getSyncKeyId()))
        .setKeyData(
            AppStateSyncKeyData.newBuilder()
                .setKeyData(phone.getSyncKey())
                .setFingerprint(
                    AppStateSyncKeyFingerprint.newBuilder()
                        .setRawId(phone.getRawId())
                        .setCurrentIndex(1)
                        .addDeviceIndexes(0)
                        .addDeviceIndexes(1))
                .setTimestamp(change.state().clock().millis()))
        .build();
  }

  private static Message message(List<AppStateSyncKey> keys) {
    return Message.newBuilder()
        .setProtocolMessage(
            ProtocolMessage.newBuilder()
                .setType(ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE)
                .setAppStateSyncKeyShare(AppStateSyncKeyShare.newBuilder().addAllKeys(keys)))
        .build();
  }
}
