package dev.switchboard.whatsapp.cobalt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of WhatsApp Web that a client says it is. It ages: WhatsApp refuses an outdated one
 * with failure 405, so it is configuration.
 */
public record WebVersion(int primary, int secondary, int tertiary) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,5})\\.(\\d{1,10})");

  public WebVersion {
    if (primary < 0 || secondary < 0 || tertiary < 0) {
      throw new IllegalArgumentException("a version has no negative numbers");
    }
  }

  /**
   * Reads "2.3000.1035194821".
   *
   * @throws IllegalArgumentException if it is not three numbers
   */
  public static WebVersion parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a web version is three numbers with dots: " + text);
    }
    return new WebVersion(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  /** MD5 of the text: the build hash of a registration. */
  byte[] buildHash() {
    try {
      byte[] text = toString().getBytes(StandardCharsets.US_ASCII);
      return MessageDigest.getInstance("MD5").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no MD5 in this Java", e);
    }
  }

  @Override
  public String toString() {
    return primary + "." + secondary + "." + tertiary;
  }
}
