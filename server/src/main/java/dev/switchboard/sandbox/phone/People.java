package dev.switchboard.sandbox.phone;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.Accounts;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.phone.signal.PhoneRecords;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.AccountRecord.Behaviour;
import dev.switchboard.sandbox.record.SignedPrekeyRecord;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import java.security.SecureRandom;

/** The people of the network, each with an account and a phone. */
public final class People {
  private static final int SIGNED_PREKEY_ID = 1;
  private static final int FIRST_PREKEY_ID = 1;
  private static final int FIRST_COMPANION = 1;
  private static final int SYNC_KEY_BYTES = 32;

  private final SecureRandom random;

  public People(SecureRandom random) {
    this.random = random;
  }

  /** The person of that name, made SILENT if there is none; a new one when the name is empty. */
  public AccountRecord named(Change change, String name) {
    if (name.isEmpty()) {
      return create(change, "", "", Behaviour.SILENT);
    }
    return change
        .state()
        .accounts()
        .named(name)
        .orElseGet(() -> create(change, name, "", Behaviour.SILENT));
  }

  /**
   * Makes a person; the caller has seen to it that name and phone number are free.
   *
   * @param name empty for one derived from the phone number
   * @param phoneNumber digits, or empty for a free one
   */
  public AccountRecord create(Change change, String name, String phoneNumber, Behaviour behaviour) {
    Accounts.FreshNames fresh = change.state().accounts().freshNames();
    String number = phoneNumber.isEmpty() ? fresh.phoneNumber() : phoneNumber;
    SignalIdentity identity = SignalIdentity.generate(random);
    SignedPreKey signedPrekey = SignedPreKey.generate(identity, SIGNED_PREKEY_ID, random);
    AccountRecord account =
        AccountRecord.newBuilder()
            .setPhoneNumber(number)
            .setLid(fresh.hiddenUser())
            .setPushName(name.isEmpty() ? "Guest " + number : name)
            .setIdentity(ByteString.copyFrom(identity.keyPair().privateKey()))
            .setIdentityPublic(ByteString.copyFrom(identity.keyPair().publicKey()))
            .setRegistrationId(identity.registrationId())
            .setRawId(random.nextInt() & Integer.MAX_VALUE)
            .setNextDevice(FIRST_COMPANION)
            .setNextPrekey(FIRST_PREKEY_ID)
            .setSignedPrekey(record(signedPrekey))
            .setBehaviour(behaviour)
            .setSyncKeyId(ByteString.copyFrom(new byte[] {0, 1, 0, 0, 0, 1}))
            .setSyncKey(randomBytes(SYNC_KEY_BYTES))
            .setCreated(change.state().clock().instant().getEpochSecond())
            .build();
    change.state().accounts().add(account);
    new PhoneRecords(change.state().store().signalRecords(), number).apply(signedPrekey.put());
    return account;
  }

  /** Gives the phone another identity and other keys; it keeps its messages and app state. */
  public AccountRecord registerAnew(Change change, AccountRecord account) {
    String number = account.getPhoneNumber();
    SignalIdentity identity = SignalIdentity.generate(random);
    SignedPreKey signedPrekey = SignedPreKey.generate(identity, SIGNED_PREKEY_ID, random);
    AccountRecord anew =
        account.toBuilder()
            .setIdentity(ByteString.copyFrom(identity.keyPair().privateKey()))
            .setIdentityPublic(ByteString.copyFrom(identity.keyPair().publicKey()))
            .setRegistrationId(identity.registrationId())
            .setRawId(random.nextInt() & Integer.MAX_VALUE)
            .setSignedPrekey(record(signedPrekey))
            .build();
    change.state().accounts().put(anew);
    change.state().store().signalRecords().removeStartingWith(number + "/");
    new PhoneRecords(change.state().store().signalRecords(), number).apply(signedPrekey.put());
    return anew;
  }

  private static SignedPrekeyRecord record(SignedPreKey prekey) {
    return SignedPrekeyRecord.newBuilder()
        .setId(prekey.id())
        .setPublicKey(ByteString.copyFrom(prekey.keyPair().publicKey()))
        .setSignature(ByteString.copyFrom(prekey.signature()))
        .build();
  }

  private ByteString randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
