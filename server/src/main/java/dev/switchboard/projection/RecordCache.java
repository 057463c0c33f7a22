package dev.switchboard.projection;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.model.AccountKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The records that accounts used last, so that who is written with again costs no reading and can
 * be written to while storage is away. Bounded in bytes over all accounts; what was not used for a
 * while goes, so that an idle account holds nothing. That there is no record is remembered too.
 */
public final class RecordCache {
  private static final int PARTS = 16;
  private static final int BYTES_BESIDE_VALUE = 160;

  private final List<Part> parts;
  private final Duration kept;
  private final InstantSource clock;

  /**
   * @param limitBytes how much all records together may take, about; 0 keeps nothing
   * @param kept how long a record is kept that nobody uses
   */
  public RecordCache(long limitBytes, Duration kept, InstantSource clock) {
    this.kept = kept;
    this.clock = clock;
    this.parts = IntStream.range(0, PARTS).mapToObj(i -> new Part(limitBytes / PARTS)).toList();
  }

  /** What is known of a record: that it says this, or that there is none. */
  public record Known(Optional<byte[]> value) {}

  private record Name(AccountKey account, RecordKey key) {}

  private static final class Entry {
    /** Null while somebody looks for it. */
    private final @Nullable Known known;

    private final long bytes;
    private long usedAt;

    Entry(@Nullable Known known, long bytes, long usedAt) {
      this.known = known;
      this.bytes = bytes;
      this.usedAt = usedAt;
    }
  }

  /**
   * A promise to tell what is found in storage; it is not believed if the record was written in
   * between.
   */
  public final class Search {
    private final Name name;
    private final Entry mark;

    private Search(Name name, Entry mark) {
      this.name = name;
      this.mark = mark;
    }

    public void found(Optional<byte[]> value) {
      part(name.account()).found(name, mark, new Known(value), clock.millis());
    }
  }

  public Optional<Known> find(AccountKey account, RecordKey key) {
    return Optional.ofNullable(part(account).find(new Name(account, key), clock.millis()));
  }

  /** Begins to look for a record elsewhere. */
  public Search search(AccountKey account, RecordKey key) {
    var name = new Name(account, key);
    return new Search(name, part(account).search(name, clock.millis()));
  }

  /** These records were written; those that nobody used are not kept for it. */
  public void written(AccountKey account, List<RecordChange> changes) {
    part(account).written(account, changes, clock.millis());
  }

  /** Nothing that was known of the account is sure any more. */
  public void forget(AccountKey account) {
    part(account).forget(account);
  }

  /** Lets go of what was not used for a while. */
  public void sweep() {
    long unusedSince = clock.millis() - kept.toMillis();
    parts.forEach(part -> part.sweep(unusedSince));
  }

  /** How many bytes it holds, about. */
  public long bytes() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }

  private Part part(AccountKey account) {
    return parts.get(Math.floorMod(account.hashCode(), PARTS));
  }

  /** The accounts of one part share a lock, held for a few lookups only. */
  private static final class Part {
    private final LinkedHashMap<Name, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long limit;
    private long bytes;

    Part(long limit) {
      this.limit = limit;
    }

    synchronized @Nullable Known find(Name name, long now) {
      @Nullable Entry entry = entries.get(name);
      if (entry == null || entry.known == null) {
        return null;
      }
      entry.usedAt = now;
      return entry.known;
    }

    synchronized Entry search(Name name, long now) {
      var mark = new Entry(null, BYTES_BESIDE_VALUE, now);
      put(name, mark);
      return mark;
    }

    synchronized void found(Name name, Entry mark, Known known, long now) {
      if (entries.get(name) == mark) {
        put(name, entry(known, now));
      }
    }

    synchronized void written(AccountKey account, List<RecordChange> changes, long now) {
      for (var change : changes) {
        var name = new Name(account, change.key());
        @Nullable Entry before = entries.get(name);
        if (before != null && before.known == null) {
          remove(name);
        } else if (before != null) {
          put(name, entry(new Known(value(change)), now));
        }
      }
    }

    synchronized void forget(AccountKey account) {
      var names = entries.keySet().stream().filter(name -> name.account().equals(account)).toList();
      names.forEach(this::remove);
    }

    synchronized void sweep(long unusedSince) {
      while (!entries.isEmpty() && entries.firstEntry().getValue().usedAt <= unusedSince) {
        remove(entries.firstEntry().getKey());
      }
    }

    synchronized long bytes() {
      return bytes;
    }

    private void put(Name name, Entry entry) {
      remove(name);
      entries.put(name, entry);
      bytes += entry.bytes;
      while (bytes > limit) {
        remove(entries.firstEntry().getKey());
      }
    }

    private void remove(Name name) {
      @Nullable Entry removed = entries.remove(name);
      if (removed != null) {
        bytes -= removed.bytes;
      }
    }

    private static Entry entry(Known known, long now) {
      return new Entry(
          known, BYTES_BESIDE_VALUE + known.value().map(value -> value.length).orElse(0), now);
    }

    private static Optional<byte[]> value(RecordChange change) {
      return switch (change) {
        case RecordChange.Put put -> Optional.of(put.value());
        case RecordChange.Remove _ -> Optional.empty();
      };
    }
  }
}
