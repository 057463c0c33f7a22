package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The keys that the own phone has shared. */
public interface SyncKeys {
  Optional<SyncKey> find(ByteString id);

  /**
   * The key of that id.
   *
   * @throws AppStateException MISSING_KEY
   */
  default SyncKey require(ByteString id) {
    return find(id).orElseThrow(() -> AppStateException.missing(List.of(id)));
  }

  /**
   * Sees to it that all of them are there, so that all missing ones can be asked for at once.
   *
   * @throws AppStateException MISSING_KEY, or MALFORMED when an id is empty
   */
  default void requireAll(Collection<ByteString> ids) {
    if (ids.contains(ByteString.EMPTY)) {
      throw new AppStateException(AppStateException.Reason.MALFORMED);
    }
    List<ByteString> missing = ids.stream().filter(id -> find(id).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw AppStateException.missing(missing);
    }
  }
}
