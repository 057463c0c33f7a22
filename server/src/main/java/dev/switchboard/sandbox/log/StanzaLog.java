package dev.switchboard.sandbox.log;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.whatsapp.crypto.Sha256;
import dev.switchboard.whatsapp.wire.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What was said since the sandbox was opened, in order: the newest stanzas, and a digest of all.
 *
 * <p>The digest is made of one chain per device and direction, so that it does not depend on which
 * of two devices was faster. In memory only. Safe for all threads.
 */
public final class StanzaLog {
  /** Devices with chains of their own; those after them share one. */
  static final int MOST_DEVICES = 100_000;

  private static final DeviceAddress OTHERS = new DeviceAddress("others", 0);

  private final int size;
  private final Deque<LoggedStanza> newest = new ArrayDeque<>();
  private final Map<String, Chain> chains = new TreeMap<>();
  private final Map<String, DeviceAddress> devices = new TreeMap<>();
  private long recorded;

  /**
   * An empty log.
   *
   * @param size how many of the newest stanzas are kept
   */
  public StanzaLog(int size) {
    this.size = size;
  }

  /** Takes down a stanza. */
  public void record(DeviceAddress device, Direction direction, Node stanza, boolean lost) {
    MaskedNode masked = Mask.mask(stanza);
    synchronized (this) {
      chain(device, direction).add(masked, lost);
      newest.add(new LoggedStanza(++recorded, device, direction, masked, lost));
      if (newest.size() > size) {
        newest.remove();
      }
    }
  }

  private Chain chain(DeviceAddress device, Direction direction) {
    boolean room = devices.containsKey(device.key()) || devices.size() < MOST_DEVICES;
    DeviceAddress own = room ? device : OTHERS;
    devices.putIfAbsent(own.key(), own);
    return chains.computeIfAbsent(own.key() + "/" + direction, _ -> new Chain());
  }

  /** The kept ones of those stanzas that follow a sequence number, oldest first. */
  public synchronized List<LoggedStanza> after(
      long sequence, Predicate<LoggedStanza> which, int limit) {
    return newest.stream()
        .filter(stanza -> stanza.sequence() > sequence && which.test(stanza))
        .limit(limit)
        .toList();
  }

  /** The digest of everything that those devices said and were told, kept or not. */
  public synchronized Digest digest(Predicate<DeviceAddress> which) {
    var text = new StringBuilder();
    long count = 0;
    for (Map.Entry<String, Chain> entry : chains.entrySet()) {
      String device = entry.getKey().substring(0, entry.getKey().lastIndexOf('/'));
      if (which.test(devices.get(device))) {
        Chain chain = entry.getValue();
        count += chain.count();
        text.append(entry.getKey()).append('=').append(hex(chain.digest())).append('\n');
      }
    }
    return new Digest(hex(Sha256.hash(text.toString().getBytes(StandardCharsets.UTF_8))), count);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * What a run came to.
   *
   * @param hex SHA-256 as 64 digits
   * @param count how many stanzas it covers
   */
  public record Digest(String hex, long count) {}
}
