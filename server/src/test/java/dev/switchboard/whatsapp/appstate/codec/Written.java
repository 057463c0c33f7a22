package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.proto.KeyId;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncActionValue;
import dev.switchboard.whatsapp.proto.SyncdMutation;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.proto.SyncdSnapshot;
import dev.switchboard.whatsapp.proto.SyncdVersion;
import java.util.Random;

/** Snapshots as a server keeps them, made by our own codec, which Baileys' vectors check. */
public final class Written {
  private Written() {}

  /** Contacts, one after the other, named by their number. */
  public static byte[] snapshotOfContacts(String collection, long version, int count) {
    SyncKey key = SyncKey.of(BaileysCollection.keyId(), BaileysCollection.sharedKey());
    Random random = new Random(1);
    LtHash hash = LtHash.empty();
    SyncdSnapshot.Builder snapshot =
        SyncdSnapshot.newBuilder().setVersion(SyncdVersion.newBuilder().setVersion(version));
    for (int number = 0; number < count; number++) {
      SyncdMutation sealed = Records.seal(SyncdOperation.SET, contact(number), key, random);
      hash.add(Records.valueMac(sealed.getRecord().getValue().getBlob()).toByteArray());
      snapshot.addRecords(sealed.getRecord());
    }
    return snapshot
        .setMac(ByteString.copyFrom(Macs.snapshot(key, hash, version, collection)))
        .setKeyId(KeyId.newBuilder().setId(key.id()))
        .build()
        .toByteArray();
  }

  private static SyncActionData contact(int number) {
    String jid = (15_550_010_000L + number) + "@s.whatsapp.net";
    return SyncActionData.newBuilder()
        .setIndex(ByteString.copyFromUtf8("[\"contact\",\"" + jid + "\"]"))
        .setValue(
            SyncActionValue.newBuilder()
                .setTimestamp(1_760_000_000_000L)
                .setContactAction(
                    SyncActionValue.ContactAction.newBuilder()
                        .setFullName("Contact number " + number)
                        .setFirstName("Contact")))
        .setVersion(2)
        .build();
  }
}
