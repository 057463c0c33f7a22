package dev.switchboard.sandbox.companion;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.appstate.AppStatePatch;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncActionValue;
import java.security.SecureRandom;
import java.util.List;

/** What a phone has written into the app state by the time its first companion comes. */
final class PhoneBook {
  private static final String OWN_NAME = "critical_block";
  private static final String CONTACTS = "critical_unblock_low";
  private static final int OWN_NAME_ACTION = 1;
  private static final int CONTACT_ACTION = 2;

  /** A phone knows the first few people of the network. */
  private static final int MOST_CONTACTS = 5;

  private final SecureRandom random;

  PhoneBook(SecureRandom random) {
    this.random = random;
  }

  /** Writes the person's name and contacts, unless they were written before. */
  void write(Change change, AccountRecord phone) {
    writeFirst(change, phone, OWN_NAME, List.of(ownName(change, phone)));
    List<SyncActionData> contacts =
        change.state().accounts().after("", MOST_CONTACTS + 1).stream()
            .filter(other -> !other.getPhoneNumber().equals(phone.getPhoneNumber()))
            .limit(MOST_CONTACTS)
            .map(other -> contact(change, other))
            .toList();
    writeFirst(change, phone, CONTACTS, contacts);
  }

  private void writeFirst(
      Change change, AccountRecord phone, String collection, List<SyncActionData> actions) {
    var collections = change.state().collections();
    if (actions.isEmpty()
        || collections.find(phone.getPhoneNumber(), collection).getVersion() > 0) {
      return;
    }
    AppStatePatch made =
        AppStatePatch.first(
            collection,
            phone.getSyncKeyId().toByteArray(),
            phone.getSyncKey().toByteArray(),
            actions,
            random);
    collections.append(phone.getPhoneNumber(), collection, made);
  }

  private static SyncActionData ownName(Change change, AccountRecord phone) {
    return action(
        "[\"setting_pushName\"]",
        value(change)
            .setPushNameSetting(
                SyncActionValue.PushNameSetting.newBuilder().setName(phone.getPushName())),
        OWN_NAME_ACTION);
  }

  private static SyncActionData contact(Change change, AccountRecord other) {
    String name = other.getPushName();
    return action(
        "[\"contact\",\"" + Jids.byNumber(other, 0) + "\"]",
        value(change)
            .setContactAction(
                SyncActionValue.ContactAction.newBuilder()
                    .setFullName(name)
                    .setFirstName(name.split(" ", 2)[0])
                    .setLidJid(Jids.hidden(other, 0).toString())
                    .setSaveOnPrimaryAddressbook(true)),
        CONTACT_ACTION);
  }

  private static SyncActionValue.Builder value(Change change) {
    return SyncActionValue.newBuilder().setTimestamp(change.state().clock().millis());
  }

  private static SyncActionData action(String index, SyncActionValue.Builder value, int version) {
    return SyncActionData.newBuilder()
        .setIndex(ByteString.copyFromUtf8(index))
        .setValue(value)
        .setPadding(ByteString.EMPTY)
        .setVersion(version)
        .build();
  }
}
