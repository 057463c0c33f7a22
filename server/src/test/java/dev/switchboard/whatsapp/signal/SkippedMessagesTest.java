package dev.switchboard.whatsapp.signal;

import static dev.switchboard.whatsapp.signal.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.whatsapp.signal.SignalException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far messages may be overtaken, and what a peer that skips can make a record grow to. */
class SkippedMessagesTest {
  private static final int MOST_AHEAD = 2_000;

  private final Device alice = new Device("alice@lid");
  private final Device bob = new Device("bob@lid");

  @BeforeEach
  void introduce() {
    Device.introduce(alice, bob);
  }

  @Test
  void readsMessagesThatAsManyAsTheBoundOvertook() {
    List<Ciphertext> late = sent(SessionRecord.MAX_OVERTAKEN);
    bob.decrypt(alice, alice.encrypt(bob, "first to arrive"));

    for (int index = late.size() - 1; index >= 0; index--) {
      assertThat(bob.decrypt(alice, late.get(index))).isEqualTo("text " + index);
    }
  }

  @Test
  void saysThatAMessageIsTooLateAndNeverThatItWasRead() {
    List<Ciphertext> late = sent(SessionRecord.MAX_OVERTAKEN + 2);
    bob.decrypt(alice, alice.encrypt(bob, "first to arrive"));

    assertThat(refused(() -> bob.decrypt(alice, late.getFirst()))).isEqualTo(Reason.TOO_LATE);
    assertThat(bob.decrypt(alice, late.getLast())).isEqualTo("text " + (late.size() - 1));
    assertThat(refused(() -> bob.decrypt(alice, late.getLast()))).isEqualTo(Reason.DUPLICATE);
  }

  @Test
  void aRecordStaysBelowItsBoundWhateverIsSkipped() {
    for (int session = 0; session <= SessionRecord.MAX_ARCHIVED + 1; session++) {
      alice.establish(bob, null);
      for (int chain = 0; chain < 3; chain++) {
        List<Ciphertext> skipped = sent(session == 0 ? MOST_AHEAD : 400);
        bob.decrypt(alice, alice.encrypt(bob, "there"));
        alice.decrypt(bob, bob.encrypt(alice, "back"));
        assertThat(bob.session(alice)).hasSizeLessThan(SessionRecord.MAX_BYTES);
        assertThat(bob.decrypt(alice, skipped.getLast())).startsWith("text");
      }
    }
    assertThat(bob.session(alice)).hasSizeGreaterThan(SessionRecord.MAX_BYTES / 2);
  }

  @Test
  void aMessageOfAChainThatWasGivenUpIsUnreadableAndNeverADuplicate() {
    List<List<Ciphertext>> chains = new ArrayList<>();
    for (int chain = 0; chain < 4; chain++) {
      chains.add(sent(SessionRecord.MAX_OVERTAKEN / 2));
      bob.decrypt(alice, alice.encrypt(bob, "there"));
      alice.decrypt(bob, bob.encrypt(alice, "back"));
    }

    assertThat(refused(() -> bob.decrypt(alice, chains.getFirst().getLast())))
        .isEqualTo(Reason.BAD_MAC);
    assertThat(bob.decrypt(alice, chains.getLast().getFirst())).isEqualTo("text 0");
  }

  private List<Ciphertext> sent(int count) {
    List<Ciphertext> sent = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      sent.add(alice.encrypt(bob, "text " + index));
    }
    return sent;
  }
}
