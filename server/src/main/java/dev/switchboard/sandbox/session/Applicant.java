package dev.switchboard.sandbox.session;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.record.SignedPrekeyRecord;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.proto.ClientPayload;
import dev.switchboard.whatsapp.proto.ClientPayload.DevicePairingRegistrationData;
import java.math.BigInteger;
import java.util.Optional;

/** What a client says of itself when it wants to become a device. */
@SuppressWarnings("ArrayRecordComponent") // never changed and never compared
record Applicant(
    byte[] noiseKey,
    byte[] identity,
    int registrationId,
    SignedPrekeyRecord signedPrekey,
    String pushName) {
  private static final byte KEY_TYPE = 5;

  /** Empty when a field is missing or the signed prekey is not signed by the identity. */
  static Optional<Applicant> of(byte[] noiseKey, ClientPayload payload) {
    DevicePairingRegistrationData data = payload.getDevicePairingData();
    byte[] identity = data.getEIdent().toByteArray();
    byte[] prekey = data.getESkeyVal().toByteArray();
    boolean sound =
        identity.length == Curve.KEY_BYTES
            && prekey.length == Curve.KEY_BYTES
            && data.getERegid().size() == Integer.BYTES
            && data.getESkeyId().size() == 3
            && Curve.verify(identity, typed(prekey), data.getESkeySig().toByteArray());
    return sound ? Optional.of(read(noiseKey, identity, payload)) : Optional.empty();
  }

  private static Applicant read(byte[] noiseKey, byte[] identity, ClientPayload payload) {
    DevicePairingRegistrationData data = payload.getDevicePairingData();
    return new Applicant(
        noiseKey,
        identity,
        number(data.getERegid()),
        SignedPrekeyRecord.newBuilder()
            .setId(number(data.getESkeyId()))
            .setPublicKey(data.getESkeyVal())
            .setSignature(data.getESkeySig())
            .build(),
        payload.getPushName());
  }

  private static int number(ByteString bigEndian) {
    return new BigInteger(1, bigEndian.toByteArray()).intValue();
  }

  private static byte[] typed(byte[] key) {
    return ByteString.copyFrom(new byte[] {KEY_TYPE})
        .concat(ByteString.copyFrom(key))
        .toByteArray();
  }
}
