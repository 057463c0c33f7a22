package dev.switchboard.sandbox.message;

import dev.switchboard.sandbox.account.AccountSignatures;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.phone.signal.PrekeyNodes;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A companion's request for a message that it could not read, in the shape in which independent
 * clients send it (measured with them).
 *
 * @param count the how manieth request it is, as the companion says
 * @param keys for a new session; always there from the second request on
 * @param deviceIdentity who vouches for the companion; comes with the keys
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record RetryRequest(
    String id, int count, int registration, Optional<PreKeyBundle> keys, byte[] deviceIdentity) {
  private static final int KEYS_FROM_REQUEST = 2;
  private static final byte[] KEY_TYPE = {5};

  /**
   * Reads it.
   *
   * @throws WireException when something is missing, or is not what its name says
   */
  static RetryRequest read(Node receipt) {
    Node retry = receipt.requiredChild("retry");
    String id = receipt.requiredAttribute("id");
    require(retry.has("id", id), "another message than its receipt");
    require(retry.has("v", "1"), "no such version of retries");
    require(retry.requiredAttribute("t").matches("[0-9]{1,12}"), "no time of the message");
    require(retry.requiredAttribute("count").matches("[1-9][0-9]?"), "no count of requests");
    int count = Integer.parseInt(retry.requiredAttribute("count"));
    Optional<Node> keys = receipt.child("keys");
    require(keys.isPresent() || count < KEYS_FROM_REQUEST, "no keys");
    try {
      return new RetryRequest(
          id,
          count,
          PrekeyNodes.registrationOf(receipt),
          PrekeyNodes.keysOf(receipt),
          keys.map(RetryRequest::deviceIdentity).orElse(new byte[0]));
    } catch (SignalException e) {
      throw new WireException("keys that are none");
    }
  }

  /** What is wrong with what it says of its own device. */
  Optional<Refusal> check(AccountRecord account, DeviceRecord device) {
    if (registration != device.getRegistrationId()) {
      return Optional.of(Refusal.RETRY_KEYS);
    }
    return keys.flatMap(bundle -> check(bundle, account, device));
  }

  private Optional<Refusal> check(PreKeyBundle bundle, AccountRecord account, DeviceRecord device) {
    if (!Arrays.equals(bundle.identity(), device.getIdentity().toByteArray())) {
      return Optional.of(Refusal.RETRY_KEYS);
    }
    if (!PrekeyNodes.isSigned(device, bundle)) {
      return Optional.of(Refusal.SIGNED_PREKEY_SIGNATURE);
    }
    return AccountSignatures.isIdentityOf(account, device, deviceIdentity)
        ? Optional.empty()
        : Optional.of(Refusal.BAD_DEVICE_IDENTITY);
  }

  private static byte[] deviceIdentity(Node keys) {
    require(Arrays.equals(keys.requiredChild("type").bytes(), KEY_TYPE), "no such type of keys");
    return keys.requiredChild("device-identity").bytes();
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new WireException("a retry with " + otherwise);
    }
  }
}
