package dev.switchboard.whatsapp.inbound;

import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The names that a stanza gives for one person beside another (read in public sources). */
public final class StanzaNames {
  private static final List<String> OF_SENDER =
      List.of("sender_lid", "sender_pn", "participant_lid", "participant_pn");
  private static final List<String> OF_RECIPIENT =
      List.of("recipient_lid", "recipient_pn", "peer_recipient_lid", "peer_recipient_pn");

  private StanzaNames() {}

  /** Pairs of a message or a receipt; none of anything else. */
  public static List<AliasBook.Pair> of(Node stanza) {
    return switch (stanza.tag()) {
      case "message", "receipt" -> ofTalk(stanza);
      default -> List.of();
    };
  }

  private static List<AliasBook.Pair> ofTalk(Node stanza) {
    Optional<Jid> sender = stanza.jid("participant").or(() -> stanza.jid("from"));
    List<AliasBook.Pair> pairs = pairs(stanza, sender, OF_SENDER);
    pairs.addAll(pairs(stanza, stanza.jid("recipient"), OF_RECIPIENT));
    return pairs;
  }

  private static List<AliasBook.Pair> pairs(
      Node stanza, Optional<Jid> person, List<String> attributes) {
    List<AliasBook.Pair> pairs = new ArrayList<>(1);
    person.ifPresent(name ->
        attributes.forEach(attribute ->
            stanza.jid(attribute).ifPresent(other -> pairs.add(new AliasBook.Pair(name, other)))));
    return pairs;
  }
}
