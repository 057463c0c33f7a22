package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.sandbox.fault.Aim;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.fault.Manner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sessions that both sides begin at once, and messages that do not come in order, or twice. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineRatchetIT {
  private static final int TEXTS = 40;

  private SandboxNetwork network;
  private EngineDriver alice;
  private EngineDriver bob;
  private Peer aliceOwn;
  private Peer bobOwn;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    network = new SandboxNetwork(folder);
    alice = network.account("alice");
    bob = network.account("bob");
    aliceOwn = network.link(alice);
    bobOwn = network.link(bob);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void bothSidesMayBeginAtOnce() throws Exception {
    CompletableFuture<List<SendOutcome>> there =
        CompletableFuture.supplyAsync(() -> sendAll(alice, bobOwn), Thread::startVirtualThread);
    List<SendOutcome> back = sendAll(bob, aliceOwn);

    assertThat(there.get()).allSatisfy(EngineRatchetIT::isSent);
    assertThat(back).allSatisfy(EngineRatchetIT::isSent);
    assertThat(texts(alice, TEXTS)).containsExactlyElementsOf(expected());
    assertThat(texts(bob, TEXTS)).containsExactlyElementsOf(expected());
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void messagesInAnotherOrderAreAllReadOnce() throws Exception {
    arm(Fault.MESSAGES_SHUFFLED, Manner.USUAL.withBatch(TEXTS / 4));

    assertThat(sendAll(alice, bobOwn)).allSatisfy(EngineRatchetIT::isSent);

    assertThat(texts(bob, TEXTS)).containsExactlyInAnyOrderElementsOf(expected());
    assertThat(bob.host.messages).isEmpty();
  }

  @Test
  void messagesThatComeTwiceAreReadOnce() throws Exception {
    arm(Fault.MESSAGE_DOUBLED, Manner.USUAL);

    assertThat(sendAll(alice, bobOwn)).allSatisfy(EngineRatchetIT::isSent);

    assertThat(texts(bob, TEXTS)).containsExactlyElementsOf(expected());
    assertThat(bob.host.messages).isEmpty();
  }

  @Test
  void messagesThatWereLostOnAConnectionAreReadOnTheNextOne() throws Exception {
    arm(Fault.MESSAGE_LOST, Manner.USUAL.withPercent(50));

    assertThat(sendAll(alice, bobOwn)).allSatisfy(EngineRatchetIT::isSent);
    network.sandbox.faults().clear();
    bob.stop();
    bob.start();

    assertThat(texts(bob, TEXTS)).containsExactlyInAnyOrderElementsOf(expected());
    assertThat(bob.host.messages).isEmpty();
  }

  @Test
  void sessionsThatCannotBeReadAreBegunAnewAndLoseNoMessage() throws Exception {
    assertThat(alice.send(bobOwn, "before")).satisfies(EngineRatchetIT::isSent);
    alice.stop();
    List<RecordChange> garbage =
        alice.host.records.readAfter(RecordKind.SESSION, "", TEXTS).keySet().stream()
            .<RecordChange>map(name ->
                new RecordChange.Put(new RecordKey(RecordKind.SESSION, name), new byte[] {1, 2}))
            .toList();
    assertThat(garbage).isNotEmpty();
    alice.host.records.commit(garbage);
    alice.start();
    alice.awaitLoggedIn();

    assertThat(alice.send(bobOwn, "after")).satisfies(EngineRatchetIT::isSent);

    assertThat(texts(bob, 2)).containsExactly("before", "after");
    assertThat(bob.send(aliceOwn, "back")).satisfies(EngineRatchetIT::isSent);
    assertThat(texts(alice, 1)).containsExactly("back");
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  private void arm(Fault fault, Manner manner) {
    String account = bobOwn.knownPhoneNumber().orElseThrow().digits();
    assertThat(network.sandbox.faults().arm(fault, Aim.at(account), Faults.ENDLESS, manner))
        .isTrue();
  }

  private static List<SendOutcome> sendAll(EngineDriver from, Peer to) {
    List<SendOutcome> outcomes = new ArrayList<>();
    try {
      for (String text : expected()) {
        outcomes.add(from.send(to, text));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return outcomes;
  }

  private static List<String> texts(EngineDriver driver, int count) throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      Message message = driver.awaitMessage();
      texts.add(((MessageContent.Text) message.content()).body());
    }
    return texts;
  }

  private static List<String> expected() {
    return IntStream.range(0, TEXTS).mapToObj(index -> "text " + index).toList();
  }

  private static void isSent(SendOutcome outcome) {
    assertThat(outcome).isInstanceOf(SendOutcome.Sent.class);
  }
}
