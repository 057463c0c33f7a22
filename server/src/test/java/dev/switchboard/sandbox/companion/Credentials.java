package dev.switchboard.sandbox.companion;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.proto.ClientPayload;
import dev.switchboard.whatsapp.proto.ClientPayload.DevicePairingRegistrationData;
import dev.switchboard.whatsapp.signal.SignalIdentity;
import dev.switchboard.whatsapp.signal.SignedPreKey;
import dev.switchboard.whatsapp.wire.Jid;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/** The keys of a device, and what it says of itself before the first stanza. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Credentials(
    String pushName,
    KeyPair noise,
    SignalIdentity identity,
    SignedPreKey signedPreKey,
    byte[] advertisedSecret) {

  public static Credentials generate(String pushName, SecureRandom random) {
    SignalIdentity identity = SignalIdentity.generate(random);
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return new Credentials(
        pushName,
        KeyPair.generate(random),
        identity,
        SignedPreKey.generate(identity, 1, random),
        secret);
  }

  /** The same device with another Noise key, as somebody would have who stole only a name. */
  public Credentials withNoise(KeyPair other) {
    return new Credentials(pushName, other, identity, signedPreKey, advertisedSecret);
  }

  /** The same keys with a signed prekey of somebody else. */
  public Credentials withSignedPreKey(SignedPreKey other) {
    return new Credentials(pushName, noise, identity, other, advertisedSecret);
  }

  byte[] registration() {
    return ClientPayload.newBuilder()
        .setPushName(pushName)
        .setPassive(false)
        .setDevicePairingData(
            DevicePairingRegistrationData.newBuilder()
                .setERegid(bytes(identity.registrationId(), 4))
                .setEKeytype(ByteString.copyFrom(new byte[] {5}))
                .setEIdent(ByteString.copyFrom(identity.keyPair().publicKey()))
                .setESkeyId(bytes(signedPreKey.id(), 3))
                .setESkeyVal(ByteString.copyFrom(signedPreKey.keyPair().publicKey()))
                .setESkeySig(ByteString.copyFrom(signedPreKey.signature())))
        .build()
        .toByteArray();
  }

  byte[] login(Jid jid) {
    return ClientPayload.newBuilder()
        .setUsername(Long.parseLong(jid.user()))
        .setDevice(jid.device())
        .setPassive(false)
        .setPushName(pushName)
        .build()
        .toByteArray();
  }

  static ByteString bytes(int number, int length) {
    byte[] four = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    return ByteString.copyFrom(Arrays.copyOfRange(four, Integer.BYTES - length, Integer.BYTES));
  }
}
