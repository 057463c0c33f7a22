package dev.switchboard.whatsapp.login;

import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.crypto.Sha1;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the server gives out in this device's name with what the device has: after a
 * restored backup, or an upload that was half lost, peers would encrypt for keys that nobody has.
 * The hash is SHA-1 over identity, signed prekey, its signature and the one-time prekeys in the
 * order listed (measured with independent clients).
 */
final class KeyDigest {
  private static final Logger log = LoggerFactory.getLogger(KeyDigest.class);
  private static final int NOT_FOUND = 404;
  private static final int MOST_LISTED = 5_000;

  private final AccountState account;
  private final StanzaStream stream;

  KeyDigest(AccountState account, StanzaStream stream) {
    this.account = account;
    this.stream = stream;
  }

  /** What the comparison came to. */
  enum Verdict {
    SAME,
    /** Peers are given keys that this device does not have, or none at all. */
    DIFFERENT,
    /** The server did not answer with anything that can be compared. */
    UNKNOWN
  }

  Verdict compare() throws InterruptedException {
    try {
      Node reply = stream.request("get", "encrypt", Node.of("digest"));
      return compare(reply.requiredChild("digest"));
    } catch (RequestRefused e) {
      return e.code() == NOT_FOUND ? Verdict.DIFFERENT : Verdict.UNKNOWN;
    } catch (WireException e) {
      log.warn("a digest of the keys that cannot be read: {}", e.getMessage());
      return Verdict.UNKNOWN;
    }
  }

  private Verdict compare(Node digest) {
    DeviceKeys keys = account.credentials().keys();
    Set<Integer> ids = new LinkedHashSet<>();
    List<Node> listed = digest.requiredChild("list").children("id");
    if (listed.size() > MOST_LISTED) {
      return Verdict.UNKNOWN;
    }
    listed.forEach(id -> ids.add(number(id)));
    Map<Integer, byte[]> known = account.publicPreKeys(ids);
    boolean same =
        number(digest.requiredChild("registration")) == keys.identity().registrationId()
            && number(digest.requiredChild("skey").requiredChild("id")) == keys.signedPreKey().id()
            && known.size() == ids.size()
            && isHashOf(digest.requiredChild("hash").bytes(), keys, ids, known);
    return same ? Verdict.SAME : Verdict.DIFFERENT;
  }

  private static boolean isHashOf(
      byte[] hash, DeviceKeys keys, Set<Integer> ids, Map<Integer, byte[]> known) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(keys.identity().keyPair().publicKey());
    parts.add(keys.signedPreKey().keyPair().publicKey());
    parts.add(keys.signedPreKey().signature());
    ids.forEach(id -> parts.add(known.getOrDefault(id, new byte[0])));
    byte[] own = Sha1.hash(parts);
    // Some servers cut it short (read in public sources).
    return hash.length > 0
        && hash.length <= own.length
        && Arrays.equals(hash, Arrays.copyOf(own, hash.length));
  }

  private static int number(Node node) {
    byte[] bytes = node.bytes();
    if (bytes.length > Integer.BYTES) {
      throw new WireException("a number of " + bytes.length + " bytes");
    }
    return new BigInteger(1, bytes).intValue();
  }
}
