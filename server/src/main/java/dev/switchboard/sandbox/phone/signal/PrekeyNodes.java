package dev.switchboard.sandbox.phone.signal;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.Prekeys.Prekey;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.sandbox.record.SignedPrekeyRecord;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How keys look inside of stanzas. */
public final class PrekeyNodes {
  private static final byte[] KEY_TYPE = {5};
  private static final int ID_BYTES = 3;
  private static final int REGISTRATION_BYTES = 4;

  private PrekeyNodes() {}

  public static Prekey prekey(Node key) {
    return new Prekey(
        number(key.requiredChild("id").bytes(), ID_BYTES), publicKey(key.requiredChild("value")));
  }

  public static SignedPrekeyRecord signedPrekey(Node key) {
    return SignedPrekeyRecord.newBuilder()
        .setId(number(key.requiredChild("id").bytes(), ID_BYTES))
        .setPublicKey(publicKey(key.requiredChild("value")))
        .setSignature(ByteString.copyFrom(key.requiredChild("signature").bytes()))
        .build();
  }

  /** The signature covers 05 and the 32-byte key (measured with independent clients). */
  public static boolean isSigned(DeviceRecord device, SignedPrekeyRecord prekey) {
    return isSigned(device, prekey.getPublicKey(), prekey.getSignature().toByteArray());
  }

  /** Whether the device signed the signed prekey of the bundle. */
  public static boolean isSigned(DeviceRecord device, PreKeyBundle bundle) {
    return isSigned(device, ByteString.copyFrom(bundle.signedPreKey()), bundle.signature());
  }

  private static boolean isSigned(DeviceRecord device, ByteString key, byte[] signature) {
    byte[] message = ByteString.copyFrom(KEY_TYPE).concat(key).toByteArray();
    return Curve.verify(device.getIdentity().toByteArray(), message, signature);
  }

  /** The number of its installation that a device says. */
  public static int registrationOf(Node receipt) {
    return number(receipt.requiredChild("registration").bytes(), REGISTRATION_BYTES);
  }

  /** The keys a device sent along with a request for a retry, if it sent any. */
  public static Optional<PreKeyBundle> keysOf(Node receipt) {
    return receipt
        .child("keys")
        .map(keys -> {
          SignedPrekeyRecord signed = signedPrekey(keys.requiredChild("skey"));
          Optional<Prekey> oneTime = keys.child("key").map(PrekeyNodes::prekey);
          return new PreKeyBundle(
              registrationOf(receipt),
              keys.requiredChild("identity").bytes(),
              signed.getId(),
              signed.getPublicKey().toByteArray(),
              signed.getSignature().toByteArray(),
              oneTime
                  .map(key -> new PreKeyBundle.OneTimeKey(key.id(), key.publicKey().toByteArray()))
                  .orElse(null));
        });
  }

  public static List<Node> bundle(PreKeyBundle bundle) {
    var nodes = new ArrayList<Node>();
    nodes.add(registration(bundle.registrationId()));
    nodes.addAll(keys(bundle).children());
    return nodes;
  }

  public static Node registration(int id) {
    return Node.of("registration", bytes(id, REGISTRATION_BYTES));
  }

  /** The keys that go with a request for a retry. */
  public static Node keys(PreKeyBundle bundle) {
    var nodes = new ArrayList<Node>();
    nodes.add(Node.of("type", KEY_TYPE));
    nodes.add(Node.of("identity", bundle.identity()));
    PreKeyBundle.OneTimeKey oneTime = bundle.oneTimeKey();
    if (oneTime != null) {
      nodes.add(
          Node.of(
              "key",
              Node.of("id", bytes(oneTime.id(), ID_BYTES)),
              Node.of("value", oneTime.publicKey())));
    }
    nodes.add(signed(bundle.signedPreKeyId(), bundle.signedPreKey(), bundle.signature()));
    return Node.of("keys", nodes);
  }

  public static Node digest(DeviceRecord device, List<Prekey> prekeys) {
    SignedPrekeyRecord signed = device.getSignedPrekey();
    List<Node> ids =
        prekeys.stream().map(prekey -> Node.of("id", bytes(prekey.id(), ID_BYTES))).toList();
    return Node.of(
        "digest",
        Node.of("registration", bytes(device.getRegistrationId(), REGISTRATION_BYTES)),
        Node.of("type", KEY_TYPE),
        Node.of("identity", device.getIdentity().toByteArray()),
        signed(
            signed.getId(),
            signed.getPublicKey().toByteArray(),
            signed.getSignature().toByteArray()),
        Node.of("list", ids),
        Node.of("hash", hash(device, prekeys)));
  }

  private static byte[] hash(DeviceRecord device, List<Prekey> prekeys) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(device.getIdentity().toByteArray());
      sha1.update(device.getSignedPrekey().getPublicKey().toByteArray());
      sha1.update(device.getSignedPrekey().getSignature().toByteArray());
      prekeys.forEach(prekey -> sha1.update(prekey.publicKey().toByteArray()));
      return sha1.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static Node signed(int id, byte[] key, byte[] signature) {
    return Node.of(
        "skey",
        Node.of("id", bytes(id, ID_BYTES)),
        Node.of("value", key),
        Node.of("signature", signature));
  }

  private static ByteString publicKey(Node value) {
    byte[] key = value.bytes();
    if (key.length != Curve.KEY_BYTES) {
      throw new WireException("a public key has 32 bytes");
    }
    return ByteString.copyFrom(key);
  }

  private static int number(byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new WireException("an id of " + bytes.length + " bytes instead of " + length);
    }
    return new BigInteger(1, bytes).intValue();
  }

  private static byte[] bytes(int number, int length) {
    byte[] four = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    return Arrays.copyOfRange(four, Integer.BYTES - length, Integer.BYTES);
  }
}
