package dev.switchboard.whatsapp.device;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.Curve;
import dev.switchboard.whatsapp.proto.ADVKeyIndexList;
import dev.switchboard.whatsapp.proto.ADVSignedKeyIndexList;
import java.util.Optional;

/**
 * Which of a person's linked devices the phone vouches for. Signature over {@code 06 02} and the
 * details as they came (measured with independent clients).
 */
final class KeyIndexes {
  private static final byte[] PREFIX = {6, 2};

  private final ADVKeyIndexList list;

  private KeyIndexes(ADVKeyIndexList list) {
    this.list = list;
  }

  /**
   * Checks the phone's signature.
   *
   * @param signed a serialized ADVSignedKeyIndexList
   * @param phoneIdentity the phone's identity key if it is known, else the list's own is taken
   * @return empty when the signature does not hold or the bytes are no list
   */
  static Optional<KeyIndexes> verified(byte[] signed, Optional<byte[]> phoneIdentity) {
    try {
      ADVSignedKeyIndexList outer = ADVSignedKeyIndexList.parseFrom(signed);
      byte[] key = phoneIdentity.orElseGet(() -> outer.getAccountSignatureKey().toByteArray());
      byte[] covered = ByteString.copyFrom(PREFIX).concat(outer.getDetails()).toByteArray();
      if (!Curve.verify(key, covered, outer.getAccountSignature().toByteArray())) {
        return Optional.empty();
      }
      return Optional.of(new KeyIndexes(ADVKeyIndexList.parseFrom(outer.getDetails())));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether there is a key to check the list with. Before the first message to a person the phone's
   * identity may be unknown and the list without one: then it is taken as it comes, as the identity
   * itself is (trust on first use).
   */
  static boolean isVerifiable(byte[] signed, Optional<byte[]> phoneIdentity) {
    try {
      return phoneIdentity.isPresent()
          || ADVSignedKeyIndexList.parseFrom(signed).hasAccountSignatureKey();
    } catch (InvalidProtocolBufferException e) {
      return true;
    }
  }

  /** When the phone signed it, in the phone's seconds since 1970. */
  long signedAt() {
    return list.getTimestamp();
  }

  /** Devices linked after the list was signed count until the next list says otherwise. */
  boolean vouchesFor(int keyIndex) {
    return list.getValidIndexesList().contains(keyIndex) || keyIndex > list.getCurrentIndex();
  }
}
