package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.appstate.AppStateLimits;
import dev.switchboard.whatsapp.cobalt.ClientProfile;
import dev.switchboard.whatsapp.cobalt.WebVersion;
import dev.switchboard.whatsapp.inbound.ReceiveLimits;
import dev.switchboard.whatsapp.login.PreKeyLimits;
import dev.switchboard.whatsapp.media.MediaLimits;
import dev.switchboard.whatsapp.outbound.SendLimits;
import dev.switchboard.whatsapp.pairing.PairingLimits;
import dev.switchboard.whatsapp.session.SessionLimits;
import dev.switchboard.whatsapp.socket.SocketTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One network the engine speaks to, and how.
 *
 * @param target where the websocket leads
 * @param noiseRootKey the key the server's certificate has to lead to, 32 bytes
 * @param tlsTrust a PEM file with the only certificates to trust; the system's when empty
 * @param profile what the device says of itself; its version of WhatsApp Web ages, and an outdated
 *     one is refused by the network
 */
@SuppressWarnings("ArrayRecordComponent") // A constant of the network; copied where it is used.
public record WhatsAppConfig(
    SocketTarget target,
    byte[] noiseRootKey,
    Optional<Path> tlsTrust,
    ClientProfile profile,
    SessionLimits session,
    PairingLimits pairing,
    PreKeyLimits preKeys,
    SendLimits sending,
    ReceiveLimits receiving,
    AppStateLimits appState,
    MediaLimits media) {

  /** WhatsApp's own root key (read in public sources). */
  public static final String WHATSAPP_ROOT_KEY =
      "142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b";

  /** Of the middle of 2026. */
  public static final String DEFAULT_VERSION = "2.3000.1035194821";

  private static final String WHATSAPP_URL = "wss://web.whatsapp.com/ws/chat";
  private static final String ORIGIN = "https://web.whatsapp.com";
  private static final int ROOT_KEY_BYTES = 32;
  private static final int MAXIMUM_FRAME_BYTES = 8 << 20;

  public WhatsAppConfig {
    if (noiseRootKey.length != ROOT_KEY_BYTES) {
      throw new IllegalArgumentException("a noise root key has 32 bytes");
    }
  }

  /** WhatsApp itself. */
  public static WhatsAppConfig whatsApp() {
    return of(URI.create(WHATSAPP_URL), WHATSAPP_ROOT_KEY, Optional.empty());
  }

  /**
   * A network with its own root key and certificates, such as the sandbox.
   *
   * @param rootKeyHex 64 hexadecimal digits
   */
  public static WhatsAppConfig of(URI url, String rootKeyHex, Optional<Path> tlsTrust) {
    return new WhatsAppConfig(
        new SocketTarget(
            url, ORIGIN, Duration.ofSeconds(20), Duration.ofSeconds(20), MAXIMUM_FRAME_BYTES),
        HexFormat.of().parseHex(rootKeyHex),
        tlsTrust,
        ClientProfile.of(WebVersion.parse(DEFAULT_VERSION)),
        SessionLimits.DEFAULT,
        PairingLimits.DEFAULT,
        PreKeyLimits.DEFAULT,
        SendLimits.DEFAULT,
        ReceiveLimits.DEFAULT,
        AppStateLimits.DEFAULT,
        MediaLimits.DEFAULT);
  }

  /**
   * The same with another claimed version.
   *
   * @param version three numbers with dots
   * @throws IllegalArgumentException if it is not
   */
  public WhatsAppConfig withVersion(String version) {
    ClientProfile other =
        new ClientProfile(
            WebVersion.parse(version),
            profile.operatingSystem(),
            profile.browser(),
            profile.country());
    return new WhatsAppConfig(
        target,
        noiseRootKey,
        tlsTrust,
        other,
        session,
        pairing,
        preKeys,
        sending,
        receiving,
        appState,
        media);
  }

  /** The same with other bounds of the connection. */
  public WhatsAppConfig withSession(SessionLimits other) {
    return new WhatsAppConfig(
        target,
        noiseRootKey,
        tlsTrust,
        profile,
        other,
        pairing,
        preKeys,
        sending,
        receiving,
        appState,
        media);
  }

  /** The same with other bounds of pairing. */
  public WhatsAppConfig withPairing(PairingLimits other) {
    return new WhatsAppConfig(
        target,
        noiseRootKey,
        tlsTrust,
        profile,
        session,
        other,
        preKeys,
        sending,
        receiving,
        appState,
        media);
  }

  /** The same with other bounds of prekeys. */
  public WhatsAppConfig withPreKeys(PreKeyLimits other) {
    return new WhatsAppConfig(
        target,
        noiseRootKey,
        tlsTrust,
        profile,
        session,
        pairing,
        other,
        sending,
        receiving,
        appState,
        media);
  }

  /** The same with other bounds of sending. */
  public WhatsAppConfig withSending(SendLimits other) {
    return new WhatsAppConfig(
        target,
        noiseRootKey,
        tlsTrust,
        profile,
        session,
        pairing,
        preKeys,
        other,
        receiving,
        appState,
        media);
  }

  /** The same with other bounds of receiving. */
  public WhatsAppConfig withReceiving(ReceiveLimits other) {
    return new WhatsAppConfig(
        target,
        noiseRootKey,
        tlsTrust,
        profile,
        session,
        pairing,
        preKeys,
        sending,
        other,
        appState,
        media);
  }

  /** The same with other bounds of app state and of fetching what lies outside of stanzas. */
  public WhatsAppConfig withAppState(AppStateLimits other, MediaLimits otherMedia) {
    return new WhatsAppConfig(
        target,
        noiseRootKey,
        tlsTrust,
        profile,
        session,
        pairing,
        preKeys,
        sending,
        receiving,
        other,
        otherMedia);
  }
}
