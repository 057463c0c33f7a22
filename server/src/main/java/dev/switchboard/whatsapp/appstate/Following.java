package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.appstate.codec.AppStateException;
import dev.switchboard.whatsapp.media.MediaFault;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.ArrayDeque;
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
 * collection stays as it is and is marked. Says what to ask and takes what comes of it; who runs it
 * does the asking.
 */
final class Following {
  static final String NAMESPACE = "w:sync:app:state";
  private static final Logger log = LoggerFactory.getLogger(Following.class);

  private final CollectionStore store;
  private final Intake intake;
  private final Set<CollectionName> wanted;
  private final Set<CollectionName> open;
  private final Set<CollectionName> anew = EnumSet.noneOf(CollectionName.class);
  private final Set<CollectionName> tried = EnumSet.noneOf(CollectionName.class);
  private final Set<CollectionName> held = EnumSet.noneOf(CollectionName.class);
  private final Set<CollectionName> later = EnumSet.noneOf(CollectionName.class);
  private final Set<ByteString> missing = new LinkedHashSet<>();
  private final Map<CollectionName, Base> asked = new EnumMap<>(CollectionName.class);
  private final ArrayDeque<Elsewhere> elsewhere = new ArrayDeque<>();
  private int roundsLeft;

  Following(CollectionStore store, Intake intake, int mostRounds, Set<CollectionName> wanted) {
    this.store = store;
    this.intake = intake;
    this.roundsLeft = mostRounds;
    this.wanted = EnumSet.copyOf(wanted);
    this.open = EnumSet.copyOf(wanted);
  }

  /**
   * What an answer is for.
   *
   * @param stored what was known when the question was asked
   * @param told what the server was told is known
   */
  record Base(CollectionState stored, CollectionState told) {}

  /**
   * What remains after a run.
   *
   * @param held collections that wait for keys
   * @param missing these keys
   * @param later collections to try again
   */
  record Remaining(Set<CollectionName> held, Set<ByteString> missing, Set<CollectionName> later) {}

  /** As independent clients ask: with a snapshot by one who knows nothing. */
  static NodeBuilder question(CollectionName name, CollectionState base) {
    return Node.builder("collection")
        .attribute("name", name.wireName())
        .attribute("version", base.version())
        .attribute("return_snapshot", Boolean.toString(base.version() == 0));
  }

  /** The answers of one reply, by name. */
  static Map<CollectionName, Node> answers(Node reply) {
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

  Set<CollectionName> wanted() {
    return wanted;
  }

  /** What to ask next; empty when the run is over. Nothing lies elsewhere any more by then. */
  Optional<Node> question() {
    if (open.isEmpty() || roundsLeft == 0) {
      return Optional.empty();
    }
    roundsLeft--;
    List<Node> questions = new ArrayList<>();
    for (CollectionName name : open) {
      CollectionState stored = store.read(name);
      CollectionState told = anew.contains(name) ? anew(name, stored) : stored;
      asked.put(name, new Base(stored, told));
      questions.add(question(name, told).build());
    }
    return Optional.of(Node.of("sync", questions));
  }

  private CollectionState anew(CollectionName name, CollectionState stored) {
    // An earlier reading may have been broken off half way.
    store.purge(name, stored.generation());
    return stored.anew();
  }

  /** Takes the reply to the last question. */
  void answered(Node reply) {
    Map<CollectionName, Node> answers = answers(reply);
    Map<CollectionName, Base> bases = new EnumMap<>(asked);
    asked.clear();
    bases.forEach((name, base) -> {
      Node answer = answers.get(name);
      if (answer == null) {
        settle(name, base, new Outcome.Later(0));
      } else {
        answered(name, base, answer);
      }
    });
  }

  private void answered(CollectionName name, Base base, Node answer) {
    try {
      Elsewhere.of(name, base, answer)
          .ifPresentOrElse(elsewhere::add, () -> settle(name, base, intakeOf(name, base, answer)));
    } catch (WireException e) {
      settle(name, base, new Outcome.Unreadable("malformed"));
    }
  }

  /** There is no reply to the last question, or none that can be used: the run is over. */
  void unanswered(String reason) {
    log.warn("the server does not give the app state: {}", reason);
    asked.clear();
    roundsLeft = 0;
  }

  /** What has to be fetched before the next question. */
  Optional<Elsewhere> elsewhere() {
    return Optional.ofNullable(elsewhere.peek());
  }

  /** Everything of the first answer that lay elsewhere is there. */
  void fetched() {
    Elsewhere first = elsewhere.remove();
    Outcome outcome;
    try {
      outcome = intakeOf(first.name(), first.base(), first.whole());
    } catch (AppStateException e) {
      outcome = new Outcome.Broken(e.reason().name());
    }
    settle(first.name(), first.base(), outcome);
  }

  /** Something of the first answer cannot be had. */
  void notFetched(MediaFault fault) {
    Elsewhere first = elsewhere.remove();
    settle(first.name(), first.base(), Outcome.unfetched(fault));
  }

  /** Nothing is fetched in this run. */
  void leaveElsewhere() {
    elsewhere.forEach(each -> later.add(each.name()));
    elsewhere.forEach(each -> open.remove(each.name()));
    elsewhere.clear();
  }

  Remaining remaining() {
    later.addAll(open);
    return new Remaining(held, missing, later);
  }

  private Outcome intakeOf(CollectionName name, Base base, Node answer) {
    CollectionState now = store.read(name);
    boolean current =
        now.version() == base.stored().version() && now.generation() == base.stored().generation();
    // A change of our own went ahead of the answer: it is asked for again.
    return current ? intake.take(name, base.told(), answer) : new Outcome.Overtaken();
  }

  private void settle(CollectionName name, Base base, Outcome outcome) {
    boolean moved = store.read(name).version() != base.told().version();
    if (moved) {
      anew.remove(name);
    }
    switch (outcome) {
      case Outcome.Done _ -> open.remove(name);
      case Outcome.Overtaken _ -> log.debug("{} is asked for again", name);
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
      case Outcome.OutOfReach(var reason) -> {
        open.remove(name);
        later.add(name);
        mark(name, Trouble.passing(reason));
      }
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
    mark(name, Trouble.lasting(reason));
  }

  private void mark(CollectionName name, Trouble trouble) {
    CollectionState state = store.read(name);
    // What could not be verified is no better because it cannot be fetched today.
    if (trouble.lasting() || !state.trouble().lasting()) {
      store.commit(List.of(CollectionStore.put(name, state.with(trouble))));
    }
  }
}
