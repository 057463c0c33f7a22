package dev.switchboard.whatsapp.pairing;

import dev.switchboard.whatsapp.proto.AppVersion;
import java.util.regex.Pattern;

/** The version of WhatsApp Web that is claimed, {@code 2.3000.1035194821}; it ages. */
public record ClientVersion(int primary, int secondary, int tertiary) {
  private static final Pattern DOT = Pattern.compile("\\.");

  public static ClientVersion parse(String text) {
    String[] parts = DOT.split(text, -1);
    try {
      if (parts.length == 3) {
        return new ClientVersion(
            Integer.parseUnsignedInt(parts[0]),
            Integer.parseUnsignedInt(parts[1]),
            Integer.parseUnsignedInt(parts[2]));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("a version has three numbers: " + text);
  }

  AppVersion toProto() {
    return AppVersion.newBuilder()
        .setPrimary(primary)
        .setSecondary(secondary)
        .setTertiary(tertiary)
        .build();
  }

  @Override
  public String toString() {
    return primary + "." + secondary + "." + tertiary;
  }
}
