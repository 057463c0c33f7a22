package dev.switchboard.whatsapp.cobalt;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.proto.ADVEncryptionType;
import dev.switchboard.whatsapp.proto.ADVSignedDeviceIdentityHMAC;

/**
 * What pairing hands over: a signed device identity under the secret of the QR code.
 *
 * <p>Read with a message of our own: Cobalt's lacks the account type, on which the check depends.
 *
 * @param details a serialized signed device identity, as it came
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record DeviceIdentityHmac(byte[] details, byte[] hmac, boolean hosted) {
  private static final byte[] HOSTED_PREFIX = {6, 5};

  /**
   * Reads the content of {@code <device-identity>}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static DeviceIdentityHmac parse(byte[] bytes) {
    try {
      var message = ADVSignedDeviceIdentityHMAC.parseFrom(bytes);
      return new DeviceIdentityHmac(
          message.getDetails().toByteArray(),
          message.getHmac().toByteArray(),
          message.getAccountType() == ADVEncryptionType.HOSTED);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a device identity", e);
    }
  }

  /** Whether it was made by somebody who saw the QR code (or made the pairing code's secret). */
  public boolean isMadeWith(byte[] secret) {
    byte[] prefix = hosted ? HOSTED_PREFIX : new byte[0];
    return Hmac.matches(Hmac.sha256(secret, prefix, details), hmac);
  }
}
