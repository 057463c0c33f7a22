package dev.switchboard.whatsapp.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.MemoryHost;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Jid;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * People of two names and two devices each, whose names are told in any order while both sides
 * write, the account being written to under either name. What cannot be read is asked for again, as
 * the engine does.
 */
class NamesInAnyOrderTest {
  private static final int RUNS = 15;
  private static final int PEOPLE = 3;
  private static final int STEPS = 60;
  private static final int SECOND_DEVICE = 3;
  private static final Jid OWN = Jid.ofPhoneNumber("15550001000");
  private static final DeviceKeys KEYS = DeviceKeys.generate(new SecureRandom());

  @Test
  void endInTheSameGraphAndLoseOrDoubleNoMessage() {
    for (int seed = 1; seed <= RUNS; seed++) {
      new Run(seed).play();
    }
  }

  /** One device of one person, what is on its way to and from it, and what has arrived. */
  private static final class Side {
    final PeerDevice device = new PeerDevice();
    final Jid number;
    final Jid lid;
    final List<String> written = new ArrayList<>();
    final List<String> answered = new ArrayList<>();
    final List<String> readByAccount = new ArrayList<>();
    final List<String> readByDevice = new ArrayList<>();

    Side(int person, int device) {
      number = Jid.ofPhoneNumber("1555000200" + person).withDevice(device);
      lid = Jid.ofLid("20000000000200" + person).withDevice(device);
    }
  }

  private static final class Run {
    private final int seed;
    private final Random random;
    private final MemoryHost host = new MemoryHost();
    private final AccountState account;
    private final AliasBook book;
    private final List<Side> sides = new ArrayList<>();
    private boolean retriesAllowed = true;

    Run(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      Credentials credentials =
          new Credentials(KEYS, OWN.withDevice(1), null, new byte[0], "android");
      host.records.commit(List.of(SignalRecords.change(KEYS.signedPreKey().put())));
      this.account = new AccountState(host, credentials);
      this.book = new AliasBook(account);
      for (int person = 0; person < PEOPLE; person++) {
        sides.add(new Side(person, 0));
        sides.add(new Side(person, SECOND_DEVICE));
      }
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        Side side = sides.get(random.nextInt(sides.size()));
        switch (random.nextInt(8)) {
          case 0 -> learn(side);
          case 1 -> noteDevices(side);
          case 2, 3, 4 -> write(side, "to account " + step);
          default -> answer(side, "from account " + step);
        }
      }
      List<Side> left = new ArrayList<>(sides);
      Collections.shuffle(left, random);
      left.forEach(this::learn);
      exchange("settling");
      retriesAllowed = false;
      exchange("settled");
      check();
    }

    private void exchange(String text) {
      sides.forEach(side -> {
        write(side, text);
        answer(side, text);
      });
    }

    private void learn(Side side) {
      boolean numberFirst = random.nextBoolean();
      Jid number = random.nextBoolean() ? side.number : side.number.withoutDevice();
      book.learn(numberFirst ? number : side.lid, numberFirst ? side.lid : number);
    }

    /** As the server tells them when the person is written to, by whatever name. */
    private void noteDevices(Side side) {
      Jid name = random.nextBoolean() ? side.number : side.lid;
      account.commit(
          List.of(DeviceLists.put(name, List.of(0, SECOND_DEVICE), 0, Instant.ofEpochSecond(1))));
    }

    /** The device writes; the account sees it under either name. */
    private void write(Side side, String text) {
      side.written.add(text);
      if (!side.device.hasSession()) {
        side.device.establish(account);
      }
      Jid seenAs = random.nextBoolean() ? side.number : side.lid;
      asOftenAsNeeded(
          () -> side.readByAccount.add(received(seenAs, side.device.encrypt(text))),
          () -> side.device.establish(account));
    }

    private String received(Jid seenAs, Ciphertext message) {
      SignalUnit unit = account.signalUnit();
      byte[] text = unit.decrypt(account.address(unit, seenAs), message.type(), message.bytes());
      account.commit(SignalRecords.changes(unit.changes()));
      return new String(text, UTF_8);
    }

    /** The account writes to the device by either name. */
    private void answer(Side side, String text) {
      side.answered.add(text);
      Jid name = random.nextBoolean() ? side.number : side.lid;
      if (!account.signalUnit().hasSession(account.address(account.signalUnit(), name))) {
        side.device.established(account, name);
      }
      asOftenAsNeeded(
          () -> side.readByDevice.add(side.device.decrypt(sent(name, text))),
          () -> side.device.established(account, name));
    }

    private Ciphertext sent(Jid name, String text) {
      SignalUnit unit = account.signalUnit();
      Ciphertext message = unit.encrypt(account.address(unit, name), text.getBytes(UTF_8));
      account.commit(SignalRecords.changes(unit.changes()));
      return message;
    }

    /** What could not be read is asked for again, and comes on a new session. */
    private void asOftenAsNeeded(Runnable message, Runnable newSession) {
      try {
        message.run();
      } catch (SignalException e) {
        assertThat(retriesAllowed).as("seed %d: unread: %s", seed, e).isTrue();
        assertThat(e.reason()).as("seed %d", seed).isNotEqualTo(SignalException.Reason.DUPLICATE);
        newSession.run();
        message.run();
      }
    }

    private void check() {
      for (Side side : sides) {
        assertThat(side.readByAccount).as("seed %d", seed).isEqualTo(side.written);
        assertThat(side.readByDevice).as("seed %d", seed).isEqualTo(side.answered);
        for (Jid name : List.of(side.number, side.lid)) {
          assertThat(account.aliases().peer(name))
              .as("seed %d", seed)
              .contains(AliasBookTest.peer(side.number, side.lid));
          assertThat(account.aliases().address(name).name())
              .isEqualTo(side.lid.withoutDevice().toString());
        }
      }
      assertThat(host.merges)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, PEOPLE)
                  .mapToObj(person -> sides.get(2 * person))
                  .map(side -> AliasBookTest.peer(side.number, side.lid))
                  .toList());
      assertThat(host.records.count(RecordKind.SESSION))
          .as("seed %d", seed)
          .isEqualTo(sides.size());
      assertThat(host.records.readAfter(RecordKind.SESSION, "", 100).keySet())
          .as("seed %d", seed)
          .allMatch(name -> name.contains("@lid"));
    }
  }
}
