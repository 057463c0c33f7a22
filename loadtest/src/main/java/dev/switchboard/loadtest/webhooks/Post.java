package dev.switchboard.loadtest.webhooks;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request as it came, checked as the manual of webhooks says.
 *
 * @param target of the request
 * @param headers by their names in small letters
 */
@SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
record Post(String target, Map<String, String> headers, byte[] body) {
  private static final int LONGEST_HEAD = 64 << 10;
  private static final String SECRET_BEGIN = "whsec_";
  private static final Pattern CHAT = Pattern.compile("\"text\":\\s*\"chat (\\d+)\"");

  /** The next request of a connection; empty at its end. */
  static Optional<Post> read(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > LONGEST_HEAD) {
        return Optional.empty();
      }
      head.append((char) next);
    }
    String[] lines = head.toString().strip().split("\r\n", -1);
    var headers = new HashMap<String, String>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    return body.length < length
        ? Optional.empty()
        : Optional.of(new Post(lines[0].split(" ", -1)[1], headers, body));
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Whether it is signed with the secret, and its body is the event that its head names. */
  boolean genuine(String secret) {
    return signed(secret) && header("webhook-id").equals(field("eventId"));
  }

  boolean signed(String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_BEGIN.length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String said = header("webhook-id") + "." + header("webhook-timestamp") + ".";
      mac.update(said.getBytes(StandardCharsets.UTF_8));
      byte[] wanted = mac.doFinal(body);
      boolean signed = false;
      for (String signature : header("webhook-signature").split(" ", -1)) {
        signed |=
            signature.startsWith("v1,")
                && MessageDigest.isEqual(
                    Base64.getDecoder().decode(signature.substring("v1,".length())), wanted);
      }
      return signed;
    } catch (GeneralSecurityException e) {
      throw new LoadTestException("every JDK has HMAC-SHA256", e);
    }
  }

  /** Number of the chat that the text names; -1 for none. */
  int chat() {
    Matcher found = CHAT.matcher(text());
    return found.find() ? Integer.parseInt(found.group(1)) : -1;
  }

  long sequence() {
    return Long.parseLong(field("sequence"));
  }

  private String field(String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\\s*\"([^\"]*)\"").matcher(text());
    return found.find() ? found.group(1) : "";
  }

  private String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
