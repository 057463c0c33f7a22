package dev.switchboard.sandbox.phone.outbox;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.appstate.AppStatePatch;
import dev.switchboard.sandbox.appstate.StateHash;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.CollectionRecord;
import dev.switchboard.whatsapp.proto.HistorySync;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKey;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyData;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyFingerprint;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyId;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyShare;
import dev.switchboard.whatsapp.proto.Message.HistorySyncNotification;
import dev.switchboard.whatsapp.proto.Message.ProtocolMessage;
import dev.switchboard.whatsapp.proto.PhoneNumberToLIDMapping;
import dev.switchboard.whatsapp.proto.Pushname;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncActionValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.zip.DeflaterOutputStream;

/**
 * What a phone tells a companion at its first login: the key of the app state, and a history that
 * holds names and JIDs. Clients wait for it (measured with independent clients).
 */
public final class Bootstrap {
  private static final String COLLECTION = "critical_block";
  private static final String PUSH_NAME_INDEX = "[\"setting_pushName\"]";
  private static final int ALL = 100;

  private final PhoneOutbox outbox;
  private final SecureRandom random;

  public Bootstrap(PhoneOutbox outbox, SecureRandom random) {
    this.outbox = outbox;
    this.random = random;
  }

  /** Sends it, and writes the person's name into the app state unless it is there. */
  public void run(Change change, AccountRecord phone, DeviceAddress device) {
    writePushName(change, phone);
    outbox.sendToCompanion(change, phone, device, keyShare(change, phone));
    outbox.sendToCompanion(change, phone, device, history(phone));
  }

  private static Message keyShare(Change change, AccountRecord phone) {
    var key =
        AppStateSyncKey.newBuilder()
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
                    .setTimestamp(change.state().clock().millis()));
    return protocol(
        ProtocolMessage.newBuilder()
            .setType(ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE)
            .setAppStateSyncKeyShare(AppStateSyncKeyShare.newBuilder().addKeys(key)));
  }

  private static Message history(AccountRecord phone) {
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
            .build();
    return protocol(
        ProtocolMessage.newBuilder()
            .setType(ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION)
            .setHistorySyncNotification(
                HistorySyncNotification.newBuilder()
                    .setSyncType(Message.HistorySyncType.INITIAL_BOOTSTRAP)
                    .setChunkOrder(1)
                    .setProgress(ALL)
                    .setInitialHistBootstrapInlinePayload(deflated(history.toByteArray()))));
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

  private void writePushName(Change change, AccountRecord phone) {
    var collections = change.state().collections();
    String account = phone.getPhoneNumber();
    if (collections.find(account, COLLECTION).getVersion() > 0) {
      return;
    }
    var action =
        SyncActionData.newBuilder()
            .setIndex(ByteString.copyFromUtf8(PUSH_NAME_INDEX))
            .setValue(
                SyncActionValue.newBuilder()
                    .setTimestamp(change.state().clock().millis())
                    .setPushNameSetting(
                        SyncActionValue.PushNameSetting.newBuilder().setName(phone.getPushName())))
            .setPadding(ByteString.EMPTY)
            .setVersion(1)
            .build();
    AppStatePatch made =
        AppStatePatch.set(
            COLLECTION,
            1,
            StateHash.empty(),
            phone.getSyncKeyId().toByteArray(),
            phone.getSyncKey().toByteArray(),
            action,
            random);
    collections.append(
        account,
        COLLECTION,
        CollectionRecord.newBuilder()
            .setVersion(1)
            .setHash(ByteString.copyFrom(made.hash().bytes()))
            .build(),
        made.patch().toByteString());
  }
}
