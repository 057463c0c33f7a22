package dev.switchboard.whatsapp.pairing;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.account.Credentials;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.proto.AppVersion;
import dev.switchboard.whatsapp.proto.ClientPayload;
import dev.switchboard.whatsapp.proto.DeviceProps;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What a client says of itself inside the handshake; fields as independent clients fill them. */
public final class ClientPayloads {
  private static final int WEB = 14;
  private static final int WIFI = 1;
  private static final int USER_ACTIVATED = 1;
  private static final byte KEY_TYPE = 5;
  private static final int PREKEY_ID_BYTES = 3;
  private static final int STORAGE_QUOTA_MB = 10_240;

  private final ClientVersion version;
  private final String deviceName;

  /**
   * Speaks for one kind of client.
   *
   * @param deviceName shown on the phone in the list of linked devices
   */
  public ClientPayloads(ClientVersion version, String deviceName) {
    this.version = version;
    this.deviceName = deviceName;
  }

  /** Asks to be linked. */
  public byte[] registration(DeviceKeys keys) {
    return base()
        .setPassive(false)
        .setPull(false)
        .setDevicePairingData(
            ClientPayload.DevicePairingRegistrationData.newBuilder()
                .setBuildHash(ByteString.copyFrom(buildHash()))
                .setDeviceProps(deviceProps().toByteString())
                .setERegid(bigEndian(keys.identity().registrationId(), Integer.BYTES))
                .setEKeytype(ByteString.copyFrom(new byte[] {KEY_TYPE}))
                .setEIdent(ByteString.copyFrom(keys.identity().keyPair().publicKey()))
                .setESkeyId(bigEndian(keys.signedPreKey().id(), PREKEY_ID_BYTES))
                .setESkeyVal(ByteString.copyFrom(keys.signedPreKey().keyPair().publicKey()))
                .setESkeySig(ByteString.copyFrom(keys.signedPreKey().signature())))
        .build()
        .toByteArray();
  }

  /** Logs a linked device in. */
  public byte[] login(Credentials credentials) {
    return base()
        .setPassive(true)
        .setPull(true)
        .setUsername(Long.parseLong(credentials.jid().user()))
        .setDevice(credentials.jid().device())
        .setLidDbMigrated(false)
        .build()
        .toByteArray();
  }

  private ClientPayload.Builder base() {
    return ClientPayload.newBuilder()
        .setConnectType(WIFI)
        .setConnectReason(USER_ACTIVATED)
        .setUserAgent(
            ClientPayload.UserAgent.newBuilder()
                .setPlatform(WEB)
                .setReleaseChannel(0)
                .setAppVersion(version.toProto())
                .setOsVersion("0.1")
                .setDevice("Desktop")
                .setOsBuildNumber("0.1")
                .setLocaleLanguageIso6391("en")
                .setLocaleCountryIso31661Alpha2("US")
                .setMnc("000")
                .setMcc("000"))
        .setWebInfo(ClientPayload.WebInfo.newBuilder().setWebSubPlatform(0));
  }

  private DeviceProps deviceProps() {
    return DeviceProps.newBuilder()
        .setOs(deviceName)
        .setVersion(AppVersion.newBuilder().setPrimary(10).setSecondary(15).setTertiary(7))
        .setPlatformType(DeviceProps.PlatformType.CHROME)
        .setRequireFullSync(false)
        .setHistorySyncConfig(
            DeviceProps.HistorySyncConfig.newBuilder()
                .setStorageQuotaMb(STORAGE_QUOTA_MB)
                .setInlineInitialPayloadInE2EeMsg(true)
                .setSupportBizHostedMsg(true)
                .setSupportMessageAssociation(true))
        .build();
  }

  private byte[] buildHash() {
    try {
      return MessageDigest.getInstance("MD5")
          .digest(version.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no MD5 in this Java", e);
    }
  }

  private static ByteString bigEndian(int value, int length) {
    byte[] whole = ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    return ByteString.copyFrom(Arrays.copyOfRange(whole, whole.length - length, whole.length));
  }
}
