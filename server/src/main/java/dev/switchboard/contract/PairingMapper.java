package dev.switchboard.contract;

import com.google.protobuf.ByteString;
import dev.switchboard.api.v1.PairInstanceRequest;
import dev.switchboard.api.v1.PairInstanceResponse;
import dev.switchboard.api.v1.Paired;
import dev.switchboard.api.v1.PairingCode;
import dev.switchboard.api.v1.PairingFailed;
import dev.switchboard.api.v1.QrCode;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.StateCause;
import java.time.Instant;

/** The steps of a pairing. */
public final class PairingMapper {
  private PairingMapper() {}

  /** By code where a phone number is given. */
  public static PairingMethod method(PairInstanceRequest request) {
    String number = request.getPhoneNumber();
    return number.isEmpty()
        ? new PairingMethod.QrCode()
        : new PairingMethod.PhoneCode(new PhoneNumber(number.substring(1)));
  }

  public static PairInstanceResponse qr(String text, Instant expiresAt) {
    return PairInstanceResponse.newBuilder()
        .setQr(
            QrCode.newBuilder()
                .setText(text)
                .setPng(ByteString.copyFrom(QrPicture.png(text)))
                .setExpireTime(Times.toContract(expiresAt)))
        .build();
  }

  public static PairInstanceResponse code(String text, Instant expiresAt) {
    return PairInstanceResponse.newBuilder()
        .setCode(PairingCode.newBuilder().setText(text).setExpireTime(Times.toContract(expiresAt)))
        .build();
  }

  public static PairInstanceResponse paired(Peer own) {
    return PairInstanceResponse.newBuilder()
        .setPaired(Paired.newBuilder().setPeer(PeerMapper.toContract(own)))
        .build();
  }

  public static PairInstanceResponse failed(StateCause cause, String detail) {
    return PairInstanceResponse.newBuilder()
        .setFailed(
            PairingFailed.newBuilder().setCause(InstanceMapper.toContract(cause)).setDetail(detail))
        .build();
  }
}
