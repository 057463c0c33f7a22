package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import java.util.List;

/** A patch or snapshot that cannot be taken as it is. Names neither contents nor keys. */
public final class AppStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Reason {
    /** It cannot be decoded, or a part that everyone writes is not there. */
    MALFORMED,
    /** Keys that the own phone has not shared yet: {@link #missingKeys()}. */
    MISSING_KEY,
    VALUE_MAC,
    INDEX_MAC,
    PATCH_MAC,
    SNAPSHOT_MAC,
    /** It does not follow on the version that is known. */
    VERSION_GAP,
    /** It lies outside of the stanza, as encrypted media, and was not fetched before. */
    EXTERNAL_BLOB,
    /** More records than one collection may have here. */
    TOO_LARGE
  }

  private final Reason reason;
  private final transient List<ByteString> missingKeys;

  public AppStateException(Reason reason) {
    this(reason, List.of());
  }

  private AppStateException(Reason reason, List<ByteString> missingKeys) {
    // An outcome that callers switch on; nobody reads its stack.
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.missingKeys = missingKeys;
  }

  static AppStateException missing(List<ByteString> keys) {
    return new AppStateException(Reason.MISSING_KEY, List.copyOf(keys));
  }

  public Reason reason() {
    return reason;
  }

  /** The ids of the keys without which nothing can be read. */
  public List<ByteString> missingKeys() {
    return missingKeys;
  }
}
