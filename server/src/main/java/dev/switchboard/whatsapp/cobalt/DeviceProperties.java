package dev.switchboard.whatsapp.cobalt;

import it.auties.whatsapp.model.signal.auth.CompanionProperties.PlatformType;
import it.auties.whatsapp.model.signal.auth.CompanionPropertiesBuilder;
import it.auties.whatsapp.model.signal.auth.CompanionPropertiesSpec;
import it.auties.whatsapp.model.signal.auth.Version;
import it.auties.whatsapp.model.sync.HistorySyncConfigBuilder;

/** How a linked device describes itself to the phone, and which history it wants. */
final class DeviceProperties {
  private static final int STORAGE_QUOTA_MEGABYTES = 10_240;

  /** The version of the system that independent clients name. */
  private static final Version SYSTEM_VERSION = new Version(10, 15, 7);

  private DeviceProperties() {}

  static byte[] encode(ClientProfile profile) {
    return CompanionPropertiesSpec.encode(
        new CompanionPropertiesBuilder()
            .os(profile.operatingSystem())
            .version(SYSTEM_VERSION)
            .platformType(platform(profile.browser()))
            .requireFullSync(false)
            .historySyncConfig(
                new HistorySyncConfigBuilder()
                    .storageQuotaMb(STORAGE_QUOTA_MEGABYTES)
                    .inlineInitialPayloadInE2EeMsg(true)
                    .supportCallLogHistory(false)
                    .supportBotUserAgentChatHistory(true)
                    .build())
            .build());
  }

  private static PlatformType platform(ClientProfile.Browser browser) {
    return switch (browser) {
      case CHROME -> PlatformType.CHROME;
      case FIREFOX -> PlatformType.FIREFOX;
      case SAFARI -> PlatformType.SAFARI;
      case EDGE -> PlatformType.EDGE;
      case DESKTOP -> PlatformType.DESKTOP;
    };
  }
}
