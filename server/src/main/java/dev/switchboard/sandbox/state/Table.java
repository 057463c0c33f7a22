package dev.switchboard.sandbox.state;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/** Records of one kind under text keys, ordered by key. */
public final class Table<R extends MessageLite> {
  private final MVMap<String, byte[]> map;
  private final Parser<R> parser;

  Table(MVMap<String, byte[]> map, Parser<R> parser) {
    this.map = map;
    this.parser = parser;
  }

  public Optional<R> find(String key) {
    byte[] bytes = map.get(key);
    return bytes == null ? Optional.empty() : Optional.of(parse(bytes));
  }

  public void put(String key, R record) {
    map.put(key, record.toByteArray());
  }

  public boolean remove(String key) {
    return map.remove(key) != null;
  }

  /** The records whose keys start with the prefix, in the order of keys, at most so many. */
  public List<Entry<R>> startingWith(String prefix, int limit) {
    var found = new ArrayList<Entry<R>>();
    Iterator<String> keys = map.keyIterator(prefix);
    while (keys.hasNext() && found.size() < limit) {
      String key = keys.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      byte[] bytes = map.get(key);
      if (bytes != null) {
        found.add(new Entry<>(key, parse(bytes)));
      }
    }
    return found;
  }

  /** The records whose keys come after the given one, in the order of keys. */
  public List<Entry<R>> startingAfter(String key, int limit) {
    var found = new ArrayList<Entry<R>>();
    Iterator<String> keys = map.keyIterator(key);
    while (keys.hasNext() && found.size() < limit) {
      String next = keys.next();
      byte[] bytes = next.equals(key) ? null : map.get(next);
      if (bytes != null) {
        found.add(new Entry<>(next, parse(bytes)));
      }
    }
    return found;
  }

  public int size() {
    return map.size();
  }

  /** How many keys start with the prefix, counted up to the limit. */
  public int count(String prefix, int limit) {
    int count = 0;
    Iterator<String> keys = map.keyIterator(prefix);
    while (count < limit && keys.hasNext() && keys.next().startsWith(prefix)) {
      count++;
    }
    return count;
  }

  public int removeStartingWith(String prefix) {
    var keys = new ArrayList<String>();
    Iterator<String> iterator = map.keyIterator(prefix);
    while (iterator.hasNext()) {
      String key = iterator.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      keys.add(key);
    }
    keys.forEach(map::remove);
    return keys.size();
  }

  private R parse(byte[] bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new StateException("a record of " + map.getName() + " cannot be read", e);
    }
  }

  /** A record under its key. */
  public record Entry<R>(String key, R record) {}
}
