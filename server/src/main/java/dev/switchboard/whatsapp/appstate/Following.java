package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings collections up to what the server has: one run, over as many answers as it takes. What
 * does not fit is read anew from a snapshot, once in a run; if that does not fit either, the
 * collection stays as it is and is marked.
 */
final class Following {
  private static final Logger log = LoggerFactory.getLogger(Following.class);
  private static final String NAMESPACE = "w:sync:app:state";

  private final StanzaStream stream;
  private final CollectionStore store;
  private final Intake intake;
  private final int mostRounds;

  Following(StanzaStream stream, CollectionStore store, Intake intake, int mostRounds) {
    this.stream = stream;
    this.store = store;
    this.intake = intake;
    this.mostRounds = mostRounds;
  }

  /**
   * What remains after a run.
   *
   * @param held collections that wait for keys
   * @param missing these keys
   * @param later collections to try again
   */
  record Remaining(Set<CollectionName> held, Set<ByteString> missing, Set<CollectionName> later) {}

  Remaining run(Set<CollectionName> wanted) throws InterruptedException {
    return new Run(wanted).complete();
  }

  /** Sends one request for all of these collections; the answers by name. */
  Map<CollectionName, Node> ask(List<Node> collections) throws InterruptedException {
    Node reply = stream.request("set", NAMESPACE, Node.of("sync", collections));
    Map<CollectionName, Node> answers = new EnumMap<>(CollectionName.class);
    reply
        .child("sync")
        .map(sync -> sync.children("collection"))
        .orElse(List.of())
        .forEach(answer ->
            answer
                .attribute("name")
                .flatMap(CollectionName::of)
                .ifPresent(name -> answers.put(name, answer)));
    return answers;
  }

  /** As independent clients ask: with a snapshot by one who knows nothing. */
  static NodeBuilder question(CollectionName name, CollectionState base) {
    return Node.builder("collection")
        .attribute("name", name.wireName())
        .attribute("version", base.version())
        .attribute("return_snapshot", Boolean.toString(base.version() == 0));
  }

  /** The state of one run. */
  private final class Run {
    private final Set<CollectionName> open;
    private final Set<CollectionName> anew = EnumSet.noneOf(CollectionName.class);
    private final Set<CollectionName> tried = EnumSet.noneOf(CollectionName.class);
    private final Set<CollectionName> held = EnumSet.noneOf(CollectionName.class);
    private final Set<CollectionName> later = EnumSet.noneOf(CollectionName.class);
    private final Set<ByteString> missing = new LinkedHashSet<>();

    private Run(Set<CollectionName> wanted) {
      this.open = EnumSet.copyOf(wanted);
    }

    private Remaining complete() throws InterruptedException {
      for (int round = 0; round < mostRounds && !open.isEmpty(); round++) {
        if (!round()) {
          break;
        }
      }
      later.addAll(open);
      return new Remaining(held, missing, later);
    }

    private boolean round() throws InterruptedException {
      Map<CollectionName, CollectionState> bases = new EnumMap<>(CollectionName.class);
      List<Node> questions = new ArrayList<>();
      for (CollectionName name : open) {
        CollectionState stored = store.read(name);
        CollectionState base = anew.contains(name) ? anew(name, stored) : stored;
        bases.put(name, base);
        questions.add(question(name, base).build());
      }
      Map<CollectionName, Node> answers;
      try {
        answers = ask(questions);
      } catch (RequestRefused e) {
        log.warn("the server refuses the app state with error {}", e.code());
        return false;
      }
      bases.forEach((name, base) -> settle(name, base, Optional.ofNullable(answers.get(name))));
      return true;
    }

    private CollectionState anew(CollectionName name, CollectionState stored) {
      // An earlier reading may have been broken off half way.
      store.purge(name, stored.generation());
      return stored.anew();
    }

    private void settle(CollectionName name, CollectionState base, Optional<Node> answer) {
      Outcome outcome =
          answer.<Outcome>map(node -> intake.take(name, base, node)).orElse(new Outcome.Later(0));
      boolean moved = store.read(name).version() != base.version();
      if (moved) {
        anew.remove(name);
      }
      switch (outcome) {
        case Outcome.Done _ -> open.remove(name);
        case Outcome.More _ -> {
          if (!moved) {
            broken(name, "the server says that it has more, and gives nothing");
          }
        }
        case Outcome.Held(var keys) -> {
          open.remove(name);
          held.add(name);
          missing.addAll(keys);
        }
        case Outcome.Broken(var reason) -> broken(name, reason);
        case Outcome.Unreadable(var reason) -> giveUp(name, reason);
        case Outcome.Later(var code) -> {
          log.info("{} is not given for now, error {}", name, code);
          open.remove(name);
          later.add(name);
        }
      }
    }

    private void broken(CollectionName name, String reason) {
      if (tried.add(name)) {
        log.warn("{} does not fit what is known ({}): it is read anew", name, reason);
        anew.add(name);
      } else {
        giveUp(name, reason);
      }
    }

    private void giveUp(CollectionName name, String reason) {
      log.error("{} is not followed until the next login: {}", name, reason);
      open.remove(name);
      store.commit(List.of(CollectionStore.put(name, store.read(name).withTrouble(reason))));
    }
  }
}
