package dev.switchboard.whatsapp.login;

import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.List;
import java.util.Map;

/**
 * What independent clients ask after every login: properties of the service, the blocklist, privacy
 * settings. A device that never asks would stand out. Nobody waits for the answers: nothing here
 * uses them yet, and an account's start must not depend on them.
 */
final class Enquiries {
  private record Question(String namespace, List<Node> content) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("abt", List.of(Node.of("props", Map.of("protocol", "1")))),
          new Question("blocklist", List.of()),
          new Question("privacy", List.of(Node.of("privacy"))));

  private final StanzaStream stream;

  Enquiries(StanzaStream stream) {
    this.stream = stream;
  }

  void make() throws InterruptedException {
    for (Question question : QUESTIONS) {
      stream.send(asked(question));
    }
  }

  private Node asked(Question question) {
    return Node.builder("iq")
        .attribute("id", stream.nextId())
        .attribute("to", Jid.WHATSAPP)
        .attribute("type", "get")
        .attribute("xmlns", question.namespace)
        .children(question.content)
        .build();
  }
}
