package dev.switchboard.whatsapp.cobalt;

import it.auties.whatsapp.model.signal.auth.ClientPayload.ClientPayloadConnectReason;
import it.auties.whatsapp.model.signal.auth.ClientPayload.ClientPayloadConnectType;
import it.auties.whatsapp.model.signal.auth.ClientPayloadBuilder;
import it.auties.whatsapp.model.signal.auth.ClientPayloadSpec;
import it.auties.whatsapp.model.signal.auth.CompanionRegistrationData;
import it.auties.whatsapp.model.signal.auth.CompanionRegistrationDataBuilder;
import it.auties.whatsapp.model.signal.auth.UserAgent;
import it.auties.whatsapp.model.signal.auth.UserAgentBuilder;
import it.auties.whatsapp.model.signal.auth.Version;
import it.auties.whatsapp.model.signal.auth.WebInfo;
import it.auties.whatsapp.model.signal.auth.WebInfoBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a client says of itself inside the handshake. Values as independent clients send them,
 * measured.
 */
public final class ClientPayloads {
  private static final byte[] CURVE_KEY_TYPE = {5};

  private ClientPayloads() {}

  /** A new device that wants to be linked. */
  public static byte[] registration(
      ClientProfile profile, RegistrationKeys keys, Optional<String> pushName) {
    return ClientPayloadSpec.encode(
        common(profile, pushName)
            .passive(false)
            .pull(false)
            .regData(registrationData(profile, keys))
            .build());
  }

  /**
   * A linked device that comes back.
   *
   * @param phoneNumber digits of the account's number
   * @param device number of the device, 1 or more
   */
  public static byte[] login(
      ClientProfile profile, String phoneNumber, int device, Optional<String> pushName) {
    return ClientPayloadSpec.encode(
        common(profile, pushName)
            .passive(true)
            .pull(true)
            .username(Long.parseLong(phoneNumber))
            .device(device)
            .build());
  }

  private static ClientPayloadBuilder common(ClientProfile profile, Optional<String> pushName) {
    ClientPayloadBuilder builder =
        new ClientPayloadBuilder()
            .connectType(ClientPayloadConnectType.WIFI_UNKNOWN)
            .connectReason(ClientPayloadConnectReason.USER_ACTIVATED)
            .userAgent(userAgent(profile))
            .webInfo(new WebInfoBuilder().webSubPlatform(WebInfo.Platform.WEB_BROWSER).build());
    pushName.ifPresent(builder::pushName);
    return builder;
  }

  private static UserAgent userAgent(ClientProfile profile) {
    WebVersion version = profile.version();
    return new UserAgentBuilder()
        .platform(UserAgent.PlatformType.WEB)
        .appVersion(new Version(version.primary(), version.secondary(), version.tertiary()))
        .releaseChannel(UserAgent.ReleaseChannel.RELEASE)
        .osVersion("0.1")
        .device("Desktop")
        .osBuildNumber("0.1")
        .localeLanguageIso6391("en")
        .localeCountryIso31661Alpha2(profile.country())
        .mcc("000")
        .mnc("000")
        .build();
  }

  private static CompanionRegistrationData registrationData(
      ClientProfile profile, RegistrationKeys keys) {
    return new CompanionRegistrationDataBuilder()
        .buildHash(profile.version().buildHash())
        .companionProps(DeviceProperties.encode(profile))
        .eRegid(bigEndian(keys.registrationId(), 4))
        .eKeytype(CURVE_KEY_TYPE)
        .eIdent(keys.identityKey())
        .eSkeyId(bigEndian(keys.signedPreKeyId(), 3))
        .eSkeyVal(keys.signedPreKey())
        .eSkeySig(keys.signedPreKeySignature())
        .build();
  }

  private static byte[] bigEndian(int value, int width) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    return Arrays.copyOfRange(bytes, Integer.BYTES - width, Integer.BYTES);
  }
}
