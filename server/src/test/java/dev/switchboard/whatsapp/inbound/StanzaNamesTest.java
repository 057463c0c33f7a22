package dev.switchboard.whatsapp.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.whatsapp.account.AliasBook.Pair;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StanzaNamesTest {
  private static final String NUMBER = "15550002000@s.whatsapp.net";
  private static final String LID = "200000000002000@lid";

  @ParameterizedTest
  @CsvSource({
    "message, from, sender_lid",
    "receipt, from, sender_lid",
    "message, participant, participant_lid",
    "message, recipient, recipient_lid",
    "message, recipient, peer_recipient_lid",
  })
  void readsTheHiddenIdBesideTheNumber(String tag, String name, String attribute) {
    assertThat(StanzaNames.of(Node.of(tag, Map.of(name, NUMBER, attribute, LID))))
        .containsExactly(new Pair(Jid.parse(NUMBER), Jid.parse(LID)));
  }

  @ParameterizedTest
  @CsvSource({
    "message, from, sender_pn",
    "receipt, from, sender_pn",
    "message, participant, participant_pn",
    "message, recipient, recipient_pn",
    "message, recipient, peer_recipient_pn",
  })
  void readsTheNumberBesideTheHiddenId(String tag, String name, String attribute) {
    assertThat(StanzaNames.of(Node.of(tag, Map.of(name, LID, attribute, NUMBER))))
        .containsExactly(new Pair(Jid.parse(LID), Jid.parse(NUMBER)));
  }

  @Test
  void takesTheOtherNameOfTheRecipientForNoneOfTheSender() {
    Node own =
        Node.of("message", Map.of("from", "15550001000@s.whatsapp.net", "peer_recipient_lid", LID));
    assertThat(StanzaNames.of(own)).isEmpty();
  }

  @Test
  void readsNoNamesFromOtherStanzas() {
    assertThat(StanzaNames.of(Node.of("presence", Map.of("from", NUMBER, "sender_lid", LID))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no jid", "@", "x@y@z"})
  void passesOverWhatIsNoName(String malformed) {
    assertThat(StanzaNames.of(Node.of("message", Map.of("from", NUMBER, "sender_lid", malformed))))
        .isEmpty();
  }
}
