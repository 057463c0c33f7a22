package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.media.MediaHost;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.privacy.Tokens;
import dev.switchboard.whatsapp.wire.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small requests whose answers are the same for everybody. */
final class Settings {
  private static final RequestHandler DONE = (_, request, _) -> Answers.result(request);
  private static final List<String> PRIVACY =
      List.of(
          "readreceipts", "profile", "status", "online", "last", "groupadd", "calladd", "messages");

  private Settings() {}

  static Map<String, RequestHandler> handlers() {
    return Map.of(
        "w:p",
        DONE,
        "urn:xmpp:ping",
        DONE,
        "urn:xmpp:whatsapp:dirty",
        DONE,
        "urn:xmpp:whatsapp:push",
        DONE,
        "w:stats",
        DONE,
        "abt",
        (_, request, _) -> Answers.result(request, properties()),
        "w",
        (_, request, _) -> Answers.result(request, properties()),
        "blocklist",
        Settings::blocklist,
        "privacy",
        Settings::privacy);
  }

  private static Node properties() {
    return Node.builder("props")
        .attribute("protocol", 1)
        .attribute("hash", "1")
        .attribute("refresh", 86_400)
        .attribute("ab_key", "sandbox")
        .build();
  }

  /** Where media lies. */
  static RequestHandler mediaConnection(MediaHost media) {
    return (_, request, _) ->
        Answers.result(
            request,
            Node.builder("media_conn")
                .attribute("auth", "none")
                .attribute("ttl", 3_600)
                .attribute("auth_ttl", 21_600)
                .attribute("max_buckets", 12)
                .child(
                    Node.builder("host")
                        .attribute("hostname", media.authority())
                        .attribute("type", "primary")
                        .build())
                .build());
  }

  private static Node blocklist(Client client, Node request, Change change) {
    return request.has("type", "get")
        ? Answers.result(request, Node.of("list", Map.of("dhash", "1")))
        : Answers.error(request, Answers.NOT_IMPLEMENTED);
  }

  private static Node privacy(Client client, Node request, Change change) {
    Optional<Node> tokens = request.child("tokens");
    if (tokens.isPresent()) {
      String phone = client.device().account();
      Tokens.give(change, change.state().accounts().find(phone).orElseThrow(), tokens.get());
      return Answers.result(request);
    }
    if (!request.has("type", "get")) {
      return Answers.error(request, Answers.NOT_IMPLEMENTED);
    }
    List<Node> categories =
        PRIVACY.stream()
            .map(name -> Node.of("category", Map.of("name", name, "value", "all")))
            .toList();
    return Answers.result(request, Node.of("privacy", categories));
  }
}
