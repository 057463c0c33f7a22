package dev.switchboard.whatsapp.account;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.AccountRecords;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.records.CredentialsRecord;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.Optional;

/** Reads and writes the one credentials record of an account. */
public final class CredentialStore {
  private static final RecordKey KEY = new RecordKey(RecordKind.CREDENTIALS, "device");

  private final AccountRecords records;

  public CredentialStore(AccountRecords records) {
    this.records = records;
  }

  /** Empty while the account is not linked. */
  public Optional<Credentials> read() {
    return records.read(KEY).map(CredentialStore::decode);
  }

  /** The change that makes the credentials durable. */
  public static RecordChange put(Credentials credentials) {
    return new RecordChange.Put(KEY, encode(credentials).toByteArray());
  }

  private static CredentialsRecord encode(Credentials credentials) {
    DeviceKeys keys = credentials.keys();
    return CredentialsRecord.newBuilder()
        .setNoisePrivateKey(ByteString.copyFrom(keys.noiseKey().privateKey()))
        .setIdentityPrivateKey(ByteString.copyFrom(keys.identity().keyPair().privateKey()))
        .setRegistrationId(keys.identity().registrationId())
        .setSignedPrekeyId(keys.signedPreKey().id())
        .setSignedPrekeyPrivateKey(ByteString.copyFrom(keys.signedPreKey().keyPair().privateKey()))
        .setSignedPrekeySignature(ByteString.copyFrom(keys.signedPreKey().signature()))
        .setJid(credentials.jid().toString())
        .setLid(credentials.knownLid().map(Jid::toString).orElse(""))
        .setDeviceIdentity(ByteString.copyFrom(credentials.deviceIdentity()))
        .setPlatform(credentials.platform())
        .build();
  }

  private static Credentials decode(byte[] value) {
    try {
      CredentialsRecord stored = CredentialsRecord.parseFrom(value);
      return new Credentials(
          keys(stored),
          Jid.parse(stored.getJid()),
          stored.getLid().isEmpty() ? null : Jid.parse(stored.getLid()),
          stored.getDeviceIdentity().toByteArray(),
          stored.getPlatform());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the stored credentials cannot be read", e);
    }
  }

  private static DeviceKeys keys(CredentialsRecord stored) {
    return new DeviceKeys(
        pair(stored.getNoisePrivateKey()),
        new SignalIdentity(pair(stored.getIdentityPrivateKey()), stored.getRegistrationId()),
        new SignedPreKey(
            stored.getSignedPrekeyId(),
            pair(stored.getSignedPrekeyPrivateKey()),
            stored.getSignedPrekeySignature().toByteArray()));
  }

  private static KeyPair pair(ByteString privateKey) {
    return KeyPair.ofPrivate(privateKey.toByteArray());
  }
}
