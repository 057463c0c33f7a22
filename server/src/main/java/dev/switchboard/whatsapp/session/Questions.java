package dev.switchboard.whatsapp.session;

import dev.switchboard.whatsapp.link.Timed;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests whose replies nobody waits for: the session goes on, and who asked hears of the reply
 * when it comes, or that none came in time. Unlike a request that is waited for, one that stays
 * unanswered does not end the connection. For the session's thread alone.
 */
public final class Questions implements Timed {
  static final int MOST_OPEN = 16;

  private static final Comparator<Asked> SOONEST = Comparator.comparing(Asked::deadline);

  private final StanzaStream stream;
  private final InstantSource clock;
  private final Map<String, Asked> open = new LinkedHashMap<>(2);

  /** Hears what became of a question, on the session's thread; may ask further ones. */
  public interface Answer {
    /** Takes the reply, which may be an error; empty when none came. */
    void take(Optional<Node> reply) throws InterruptedException;
  }

  private record Asked(Instant deadline, Answer answer) {}

  public Questions(StanzaStream stream, InstantSource clock) {
    this.stream = stream;
    this.clock = clock;
  }

  /** Sends {@code <iq>} to the server. With too many open ones it is given up at once. */
  public void ask(String type, String namespace, Node content, Duration patience, Answer answer)
      throws InterruptedException {
    if (open.size() >= MOST_OPEN) {
      answer.take(Optional.empty());
      return;
    }
    String id = stream.nextId();
    open.put(id, new Asked(clock.instant().plus(patience), answer));
    stream.send(StanzaStream.iq(id, type, namespace, List.of(content)));
  }

  /** Takes a reply; false when nobody asked for it. */
  public boolean answered(Node iq) throws InterruptedException {
    Optional<Asked> asked =
        StanzaStream.isReply(iq) ? iq.attribute("id").map(open::remove) : Optional.empty();
    if (asked.isPresent()) {
      asked.get().answer().take(Optional.of(iq));
    }
    return asked.isPresent();
  }

  /** Waits for replies, and for those to the questions that they lead to, but no longer. */
  public void settle(Duration patience) throws InterruptedException {
    Instant until = clock.instant().plus(patience);
    while (!open.isEmpty()) {
      Optional<Node> reply = stream.awaitReply(open::containsKey, until);
      if (reply.isEmpty()) {
        return;
      }
      boolean _ = answered(reply.get());
    }
  }

  /** Gives up what stayed unanswered for too long. */
  @Override
  public void tick(Instant now) throws InterruptedException {
    if (deadline().isAfter(now)) {
      return;
    }
    List<Asked> late = new ArrayList<>();
    open.values().removeIf(asked -> !asked.deadline().isAfter(now) && late.add(asked));
    for (Asked asked : late) {
      asked.answer().take(Optional.empty());
    }
  }

  /** When something will be given up. */
  @Override
  public Instant deadline() {
    return open.isEmpty() ? Instant.MAX : Collections.min(open.values(), SOONEST).deadline();
  }
}
