package dev.switchboard.whatsapp.cobalt;

/**
 * How the gateway presents itself as a linked device.
 *
 * @param operatingSystem shown in the phone's list of linked devices, 1 to 64 characters
 * @param country two upper-case letters
 */
public record ClientProfile(
    WebVersion version, String operatingSystem, Browser browser, String country) {
  /** What the phone's list shows as an icon. */
  public enum Browser {
    CHROME,
    FIREFOX,
    SAFARI,
    EDGE,
    DESKTOP
  }

  public ClientProfile {
    if (operatingSystem.isBlank() || operatingSystem.length() > 64) {
      throw new IllegalArgumentException("an operating system has 1 to 64 characters");
    }
    if (!country.matches("[A-Z]{2}")) {
      throw new IllegalArgumentException("a country is two upper-case letters");
    }
  }

  /** The usual profile of independent clients. */
  public static ClientProfile of(WebVersion version) {
    return new ClientProfile(version, "Switchboard", Browser.CHROME, "US");
  }
}
