package dev.switchboard.whatsapp.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the server who people are: their devices and hidden ids, or whether they exist at all. */
final class Usync {
  private final StanzaStream stream;

  Usync(StanzaStream stream) {
    this.stream = stream;
  }

  /** The server's entries on the devices and hidden ids of these people. */
  List<Node> devices(List<Jid> people) throws InterruptedException {
    List<Node> users =
        people.stream().map(jid -> Node.of("user", Map.of("jid", jid.toString()))).toList();
    return query(
        "message", List.of(Node.of("devices", Map.of("version", "2")), Node.of("lid")), users);
  }

  /** Whether the phone number has an account. */
  boolean exists(Jid phoneNumber) throws InterruptedException {
    Node contact = Node.of("contact", ("+" + phoneNumber.user()).getBytes(US_ASCII));
    return query("interactive", List.of(Node.of("contact")), List.of(Node.of("user", contact)))
        .stream()
        .map(user -> user.child("contact"))
        .flatMap(Optional::stream)
        .anyMatch(answer -> answer.has("type", "in"));
  }

  private List<Node> query(String context, List<Node> protocols, List<Node> users)
      throws InterruptedException {
    Node usync =
        Node.builder("usync")
            .attribute("context", context)
            .attribute("mode", "query")
            .attribute("sid", stream.nextId())
            .attribute("last", "true")
            .attribute("index", "0")
            .child(Node.of("query", protocols))
            .child(Node.of("list", users))
            .build();
    return stream
        .request("get", "usync", usync)
        .requiredChild("usync")
        .requiredChild("list")
        .children("user");
  }
}
