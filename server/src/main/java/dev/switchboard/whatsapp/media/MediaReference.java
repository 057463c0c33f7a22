package dev.switchboard.whatsapp.media;

import com.google.protobuf.ByteString;
import java.util.regex.Pattern;

/**
 * Where media lies, and how to read it. Comes from the network and is checked before use.
 *
 * @param path of the media host, with the query that it came with
 * @param key 32 bytes
 * @param encryptedHash SHA-256 of what lies there
 * @param plainHash SHA-256 of what is inside; empty where the sender named none
 * @param bytes how many these are, as the sender says; 0 where he does not
 */
public record MediaReference(
    MediaKind kind,
    String path,
    ByteString key,
    ByteString encryptedHash,
    ByteString plainHash,
    long bytes) {
  private static final int HASH_BYTES = 32;
  private static final int LONGEST_PATH = 2_048;

  /** Nothing that could end the request's first line or begin another header. */
  private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^#]]*");

  /** Whether it can be fetched and verified at all. */
  public boolean isWhole() {
    return key.size() == MediaCipher.KEY_BYTES
        && encryptedHash.size() == HASH_BYTES
        && (plainHash.isEmpty() || plainHash.size() == HASH_BYTES)
        && path.length() <= LONGEST_PATH
        && PATH.matcher(path).matches();
  }

  /** Hides the key: who has it and the path can read the media. */
  @Override
  public String toString() {
    return "MediaReference[" + kind + ", " + bytes + " bytes]";
  }
}
