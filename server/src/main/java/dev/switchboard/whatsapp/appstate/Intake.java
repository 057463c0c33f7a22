package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.whatsapp.appstate.codec.AppStateException;
import dev.switchboard.whatsapp.appstate.codec.AppStateException.Reason;
import dev.switchboard.whatsapp.appstate.codec.Mutation;
import dev.switchboard.whatsapp.appstate.codec.Patch;
import dev.switchboard.whatsapp.appstate.codec.Position;
import dev.switchboard.whatsapp.appstate.codec.Snapshot;
import dev.switchboard.whatsapp.appstate.key.KeyRing;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes what the server answers for one collection. Each patch becomes durable in one step: its
 * records, the new version and the new hash. A snapshot is verified as a whole, then stored bit by
 * bit beside what counts until then, and counts from its last step on.
 */
final class Intake {
  private static final int CONFLICT = 409;

  private final CollectionStore store;
  private final KeyRing keys;
  private final Commits commits;
  private final AppStateLimits limits;

  /** Makes changes durable, together with what was learnt from them. */
  interface Commits {
    void commit(Learnt learnt, List<RecordChange> changes);
  }

  Intake(CollectionStore store, KeyRing keys, Commits commits, AppStateLimits limits) {
    this.store = store;
    this.keys = keys;
    this.commits = commits;
    this.limits = limits;
  }

  /**
   * Takes one {@code <collection>}.
   *
   * @param base what the server was told is known
   */
  Outcome take(CollectionName name, CollectionState base, Node answer) {
    int error = error(answer);
    if (error != 0 && error != CONFLICT) {
      return error == 400 || error == 404
          ? new Outcome.Unreadable("refused with " + error)
          : new Outcome.Later(error);
    }
    try {
      boolean first = store.read(name).version() == 0; // What comes now was there before the link.
      CollectionState state = snapshot(name, base, answer, first);
      for (Node patch : patches(answer)) {
        state = patch(name, state, patch.bytes(), first);
      }
      complete(name, base, state);
      return answer.has("has_more_patches", "true") ? new Outcome.More() : new Outcome.Done();
    } catch (AppStateException e) {
      return outcome(e);
    } catch (WireException e) {
      return new Outcome.Unreadable("malformed");
    }
  }

  /** Makes a change of our own durable, which the server has taken. */
  void own(CollectionName name, CollectionState before, Patch.Result result) {
    CollectionState _ = commit(name, before, result, earlier(name, before), new Learnt(false));
  }

  Earlier earlier(CollectionName name, CollectionState state) {
    return new Earlier(name, state.generation());
  }

  private static int error(Node answer) {
    return answer.has("type", "error")
        ? answer.child("error").map(error -> Numbers.of(error, "code", 500)).orElse(500)
        : 0;
  }

  /** Servers put patches in a list, and some beside it (read in public sources). */
  static List<Node> patches(Node answer) {
    return answer.child("patches").orElse(answer).children("patch");
  }

  private static Outcome outcome(AppStateException e) {
    return switch (e.reason()) {
      case MISSING_KEY -> new Outcome.Held(e.missingKeys());
      case EXTERNAL_BLOB, TOO_LARGE -> new Outcome.Unreadable(e.reason().name());
      case MALFORMED, VALUE_MAC, INDEX_MAC, PATCH_MAC, SNAPSHOT_MAC, VERSION_GAP ->
          new Outcome.Broken(e.reason().name());
    };
  }

  private CollectionState patch(
      CollectionName name, CollectionState before, byte[] bytes, boolean first) {
    Patch patch = Patch.parse(name.wireName(), bytes);
    if (patch.version(before.position()) <= before.version()) {
      return before; // Known already: it came with a snapshot, or it is our own.
    }
    Earlier earlier = earlier(name, before);
    Patch.Result result = patch.applyTo(before.position(), earlier, keys);
    return commit(name, before, result, earlier, new Learnt(first));
  }

  private CollectionState commit(
      CollectionName name,
      CollectionState before,
      Patch.Result result,
      Earlier earlier,
      Learnt learnt) {
    List<RecordChange> changes = new ArrayList<>();
    int entries = before.entries();
    for (Mutation mutation : result.mutations()) {
      boolean known = earlier.valueMac(mutation.indexMac()).isPresent();
      entries += mutation.removes() ? (known ? -1 : 0) : (known ? 0 : 1);
      changes.add(store.change(name, before.generation(), mutation));
      learnt.take(mutation);
    }
    if (entries > limits.entries()) {
      throw new AppStateException(Reason.TOO_LARGE);
    }
    // Trouble ends with a whole answer that fits, not with the first patch of it.
    CollectionState after =
        new CollectionState(result.after(), before.generation(), entries, before.trouble());
    changes.add(CollectionStore.put(name, after));
    commits.commit(learnt, changes);
    return after;
  }

  private CollectionState snapshot(
      CollectionName name, CollectionState base, Node answer, boolean first) {
    Optional<byte[]> bytes =
        answer.child("snapshot").map(Node::bytes).filter(content -> content.length > 0);
    if (bytes.isEmpty()) {
      return base;
    }
    Snapshot snapshot = Snapshot.of(name.wireName(), bytes.get(), limits.entries());
    Position position = snapshot.verify(keys);
    CollectionState stored = store.read(name);
    store.purge(name, stored.generation());
    Batch batch = new Batch(name, stored.generation() + 1, first);
    snapshot.forEach(keys, batch::add);
    return batch.complete(position);
  }

  /** What is read anew counts, and what it replaces is gone, once the reading was complete. */
  private void complete(CollectionName name, CollectionState base, CollectionState state) {
    CollectionState stored = store.read(name);
    if (state.generation() != stored.generation() || !stored.trouble().isNone()) {
      store.commit(List.of(CollectionStore.put(name, state.with(Trouble.NONE))));
    }
    if (base.version() == 0 && state.generation() > 0) {
      store.purge(name, state.generation());
    }
  }

  /** Looks up what records were, once each. */
  final class Earlier implements Patch.Earlier {
    private final CollectionName name;
    private final int generation;
    private final Map<ByteString, Optional<ByteString>> seen = new HashMap<>();

    private Earlier(CollectionName name, int generation) {
      this.name = name;
      this.generation = generation;
    }

    @Override
    public Optional<ByteString> valueMac(ByteString indexMac) {
      return seen.computeIfAbsent(indexMac, mac -> store.valueMac(name, generation, mac));
    }
  }

  /** Records of a snapshot, made durable a few at a time. */
  private final class Batch {
    private final CollectionName name;
    private final int generation;
    private final boolean historical;
    private List<RecordChange> changes = new ArrayList<>();
    private Learnt learnt;
    private int entries;

    private Batch(CollectionName name, int generation, boolean historical) {
      this.name = name;
      this.generation = generation;
      this.historical = historical;
      this.learnt = new Learnt(historical);
    }

    private void add(Mutation mutation) {
      entries++;
      changes.add(store.change(name, generation, mutation));
      learnt.take(mutation);
      if (changes.size() >= limits.commitEntries()) {
        flush();
      }
    }

    private void flush() {
      commits.commit(learnt, changes);
      changes = new ArrayList<>();
      learnt = new Learnt(historical);
    }

    private CollectionState complete(Position position) {
      CollectionState state = new CollectionState(position, generation, entries, Trouble.NONE);
      changes.add(CollectionStore.put(name, state));
      flush();
      return state;
    }
  }
}
