package dev.switchboard.whatsapp.retry;

import dev.switchboard.whatsapp.wire.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The requests whose answer was written and is not yet taken by the server. They are acknowledged
 * when it is: until then the server keeps them, and brings them again after the next login. So no
 * answer is lost with its connection.
 */
final class AnswersUnderway {
  /** Beyond it the oldest is forgotten, and so comes again after the next login. */
  static final int MOST = 100;

  private final List<Underway> underway = new ArrayList<>(0);

  private record Underway(String id, String to, Node request) {
    boolean isMeantBy(Node ack) {
      return ack.has("class", "message") && ack.has("id", id) && ack.has("from", to);
    }
  }

  /** An answer is about to be written. */
  void add(Node answer, Node request) {
    if (underway.size() >= MOST) {
      underway.removeFirst();
    }
    underway.add(
        new Underway(answer.requiredAttribute("id"), answer.requiredAttribute("to"), request));
  }

  /** The request that the server's word is about; it is not underway any more. */
  Optional<Node> settledBy(Node ack) {
    Optional<Underway> found = underway.stream().filter(each -> each.isMeantBy(ack)).findFirst();
    found.ifPresent(underway::remove);
    return found.map(Underway::request);
  }
}
