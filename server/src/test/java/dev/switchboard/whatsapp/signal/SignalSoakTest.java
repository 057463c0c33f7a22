package dev.switchboard.whatsapp.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.whatsapp.signal.SignalException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two devices over a network that shuffles, loses and duplicates; records are bytes in between. */
class SignalSoakTest {
  private static final int MESSAGES = 200;

  private final Device alice = new Device("alice@lid");
  private final Device bob = new Device("bob@lid");
  private final List<Letter> network = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  private record Letter(Device from, Device to, String text, Ciphertext ciphertext) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyMessageThatArrivesIsReadOnce(long seed) {
    Random random = new Random(seed);
    alice.establish(bob, bob.preKeys.getFirst());
    if (random.nextBoolean()) {
      bob.establish(alice, alice.preKeys.getFirst());
    }
    Set<String> arrived = new HashSet<>();
    for (int index = 0; index < MESSAGES; index++) {
      send(random, "text " + index);
      while (random.nextInt(3) != 0 && !network.isEmpty()) {
        deliver(random, arrived);
      }
    }
    while (!network.isEmpty()) {
      deliver(random, arrived);
    }
    assertThat(taken).isEqualTo(arrived).hasSizeGreaterThan(MESSAGES / 2);
    assertThat(bob.decrypt(alice, alice.encrypt(bob, "after"))).isEqualTo("after");
    assertThat(alice.decrypt(bob, bob.encrypt(alice, "after"))).isEqualTo("after");
  }

  private void send(Random random, String text) {
    boolean there = random.nextBoolean() || !bob.unit().hasSession(alice.address);
    Device from = there ? alice : bob;
    Device to = there ? bob : alice;
    Letter letter = new Letter(from, to, text, from.encrypt(to, text));
    int copies =
        switch (random.nextInt(10)) {
          case 0 -> 0;
          case 1 -> 2;
          default -> 1;
        };
    for (int copy = 0; copy < copies; copy++) {
      network.add(letter);
    }
  }

  private void deliver(Random random, Set<String> arrived) {
    Letter letter = network.remove(random.nextInt(network.size()));
    boolean again = !arrived.add(letter.text);
    if (again) {
      assertThat(Refusal.refused(() -> letter.to.decrypt(letter.from, letter.ciphertext)))
          .isEqualTo(Reason.DUPLICATE);
    } else {
      assertThat(letter.to.decrypt(letter.from, letter.ciphertext)).isEqualTo(letter.text);
      taken.add(letter.text);
    }
  }
}
