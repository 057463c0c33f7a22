package dev.switchboard.sandbox.media;

import com.google.protobuf.ByteString;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.whatsapp.crypto.AesCbc;
import dev.switchboard.whatsapp.crypto.Hkdf;
import dev.switchboard.whatsapp.crypto.Hmac;
import dev.switchboard.whatsapp.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lies on the media host. Everything there was made on demand and is made again when a client
 * asks again, so none of it outlives the process; the oldest goes when there is too much. Safe for
 * all threads.
 */
public final class MediaHost {
  static final long MOST_BYTES = 64L << 20;
  private static final int KEY_BYTES = 32;
  private static final int DERIVED_BYTES = 112;
  private static final int MAC_BYTES = 10;
  private static final Pattern PATH = Pattern.compile("/mms/([a-z-]+)/([A-Za-z0-9_=-]+)");
  private static final Base64.Encoder URL = Base64.getUrlEncoder();

  private final RandomGenerator random;
  private final Map<String, Blob> blobs = new LinkedHashMap<>();
  private long bytes;
  private String authority = "localhost";

  /**
   * Something that lies there.
   *
   * @param owner whom it is meant for
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed and never compared
  public record Blob(DeviceAddress owner, byte[] sealed) {}

  public MediaHost(RandomGenerator random) {
    this.random = random;
  }

  /** Says where it can be reached from now on: a host name, with a port unless it is 443. */
  public synchronized void listensAt(String host) {
    authority = host;
  }

  public synchronized String authority() {
    return authority;
  }

  /** Encrypts the content under a new key and lays it down. */
  public synchronized Placed put(MediaType type, DeviceAddress owner, byte[] content) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    byte[] sealed = seal(type, key, content);
    byte[] encryptedHash = Sha256.hash(sealed);
    String path = "/mms/" + type.wireName() + "/" + URL.encodeToString(encryptedHash);
    blobs.put(path, new Blob(owner, sealed));
    bytes += sealed.length;
    makeRoom();
    return new Placed(
        path + "?ccb=1",
        ByteString.copyFrom(key),
        ByteString.copyFrom(Sha256.hash(content)),
        ByteString.copyFrom(encryptedHash),
        content.length);
  }

  private void makeRoom() {
    var oldest = blobs.values().iterator();
    while (bytes > MOST_BYTES && blobs.size() > 1) {
      bytes -= oldest.next().sealed().length;
      oldest.remove();
    }
  }

  /** What lies under the path. */
  public synchronized Optional<Blob> find(String path) {
    return Optional.ofNullable(blobs.get(path));
  }

  /** Whether a client names what it asks for as others do: clients may leave any of it out. */
  public static boolean isConsistent(String path, Map<String, String> query) {
    Matcher parts = PATH.matcher(path);
    return parts.matches()
        && query.getOrDefault("mms-type", parts.group(1)).equals(parts.group(1))
        && query.getOrDefault("hash", parts.group(2)).equals(parts.group(2));
  }

  private static byte[] seal(MediaType type, byte[] key, byte[] content) {
    byte[] info = type.keyInfo().getBytes(StandardCharsets.US_ASCII);
    byte[] derived = Hkdf.derive(key, new byte[0], info, DERIVED_BYTES);
    byte[] iv = Arrays.copyOfRange(derived, 0, 16);
    byte[] ciphertext = AesCbc.encrypt(Arrays.copyOfRange(derived, 16, 48), iv, content);
    byte[] mac = Hmac.sha256(Arrays.copyOfRange(derived, 48, 80), iv, ciphertext);
    byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + MAC_BYTES);
    System.arraycopy(mac, 0, sealed, ciphertext.length, MAC_BYTES);
    return sealed;
  }
}
