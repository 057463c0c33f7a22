package dev.switchboard.whatsapp.device;

import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.wire.Content;
import dev.switchboard.whatsapp.wire.Node;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the devices out of a usync entry. Linked devices that the phone does not vouch for are left
 * out: nothing is encrypted for what a server might have added on its own.
 */
final class DeviceListReader {
  private static final Logger log = LoggerFactory.getLogger(DeviceListReader.class);
  private static final int PHONE = 0;
  private static final int MOST_DEVICES = 32;

  private DeviceListReader() {}

  /**
   * What an entry came to.
   *
   * @param devices the numbers of the devices; none when the entry has no list
   * @param signedAt when the phone signed, in its seconds since 1970; 0 if it did not
   * @param doubtful whether the phone did not sign what is there: only the phone itself is in it
   */
  record Entry(List<Integer> devices, long signedAt, boolean doubtful) {
    Entry {
      devices = List.copyOf(devices);
    }
  }

  /**
   * Reads an entry.
   *
   * @param phoneIdentity by which the phone signs, if it is known
   * @param signedAt when the list was signed that is known: an older one may be a replay
   */
  static Entry read(Node user, Optional<byte[]> phoneIdentity, long signedAt) {
    Optional<Node> devices = user.child("devices");
    Optional<byte[]> signed =
        devices
            .flatMap(node -> node.child("key-index-list"))
            .filter(DeviceListReader::holdsBytes)
            .map(Node::bytes)
            .filter(bytes -> KeyIndexes.isVerifiable(bytes, phoneIdentity));
    Optional<KeyIndexes> indexes =
        signed
            .flatMap(bytes -> KeyIndexes.verified(bytes, phoneIdentity))
            .filter(list -> list.signedAt() >= signedAt);
    boolean doubtful = signed.isPresent() && indexes.isEmpty();
    if (doubtful) {
      log.warn("a list of devices is not signed by its phone, or older than the one known");
    }
    List<Integer> trusted =
        devices
            .flatMap(node -> node.child("device-list"))
            .map(list -> list.children("device"))
            .orElse(List.of())
            .stream()
            .filter(device -> isTrusted(device, indexes, doubtful))
            .map(device -> Numbers.of(device, "id", -1))
            .filter(id -> id >= 0)
            .limit(MOST_DEVICES)
            .toList();
    return new Entry(trusted, indexes.map(KeyIndexes::signedAt).orElse(0L), doubtful);
  }

  private static boolean isTrusted(Node device, Optional<KeyIndexes> indexes, boolean doubtful) {
    if (Numbers.of(device, "id", -1) == PHONE) {
      return true;
    }
    int keyIndex = Numbers.of(device, "key-index", 0);
    return !doubtful && indexes.map(known -> known.vouchesFor(keyIndex)).orElse(true);
  }

  private static boolean holdsBytes(Node node) {
    return node.content() instanceof Content.Binary;
  }
}
