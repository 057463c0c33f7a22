package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.UndecryptableReason;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.testing.Eventually;
import dev.switchboard.whatsapp.records.CountRecord;
import dev.switchboard.whatsapp.retry.RetryLimits;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Messages that a device of the engine could not read, with the engine on both sides. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineRetryIT {
  private static final int MOST_REQUESTS = 5;
  private static final int MOST_ANSWERS = 10;

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
  void tellsADamagedMessageAtOnceAndResolvesItWithTheNextCopy() throws Exception {
    network.once(Fault.CIPHERTEXT, 0);

    assertThat(alice.send(bobOwn, "damaged once")).isInstanceOf(SendOutcome.Sent.class);

    Message first = bob.awaitMessage();
    Message resolved = bob.awaitMessage();
    assertThat(first.content())
        .isEqualTo(new MessageContent.Undecryptable(UndecryptableReason.BAD_MAC, 1));
    assertThat(resolved.content()).isEqualTo(new MessageContent.Text("damaged once"));
    assertThat(resolved.id()).isEqualTo(first.id());
    assertThat(bob.host.history()).containsExactly(resolved);
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void resolvesAlsoWithTheLastCopyThatIsAskedFor() throws Exception {
    network.sandbox.faults().arm(Fault.CIPHERTEXT, MOST_REQUESTS, 0);

    alice.send(bobOwn, "damaged five times");

    assertThat(bob.awaitMessage().content()).isInstanceOf(MessageContent.Undecryptable.class);
    assertThat(bob.awaitMessage().content())
        .isEqualTo(new MessageContent.Text("damaged five times"));
    assertThat(bob.host.history()).hasSize(1);
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void asksFiveTimesAndKeepsShowingWhatNeverCameReadable() throws Exception {
    // The message and the copies that are asked for, however late the last of them comes.
    network.sandbox.faults().arm(Fault.CIPHERTEXT, 1 + MOST_REQUESTS, 0);
    alice.send(bobOwn, "never readable");
    bob.awaitMessage();
    Eventually.until("all answers", () -> answers(alice).contains(MOST_REQUESTS));

    alice.send(bobOwn, "readable");

    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("readable"));
    assertThat(bob.host.history()).hasSize(2);
    assertThat(requests(bob)).isEqualTo(MOST_REQUESTS);
    assertThat(bob.host.messages).isEmpty();
  }

  @Test
  void goesOnCountingAfterARestart() throws Exception {
    network.always(Fault.CIPHERTEXT);
    alice.stop();
    bob.send(aliceOwn, "for nobody yet");
    alice.start();
    alice.awaitLoggedIn();
    alice.awaitMessage();
    Eventually.until("two requests", () -> requests(alice) >= 2);
    alice.stop();
    alice.start();
    alice.awaitLoggedIn();

    Eventually.until("all requests", () -> requests(alice) == MOST_REQUESTS);
    bob.send(aliceOwn, "the next");
    Message next = alice.awaitMessage();

    assertThat(next.content()).isInstanceOf(MessageContent.Undecryptable.class);
    assertThat(alice.host.history()).hasSize(2);
    Eventually.until("all answers", () -> answers(bob).contains(MOST_REQUESTS));
  }

  @Test
  void resolvesAfterARestartWhatFailedBeforeIt() throws Exception {
    network.always(Fault.CIPHERTEXT);
    bob.stop();
    alice.send(bobOwn, "in between");
    // Nobody answers bob while alice is away: the copy comes after both returned.
    alice.stop();
    bob.start();
    bob.awaitLoggedIn();
    bob.awaitMessage();
    bob.stop();
    network.sandbox.faults().arm(Fault.CIPHERTEXT, 0, 0);
    alice.start();
    alice.awaitLoggedIn();
    bob.start();
    bob.awaitLoggedIn();

    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("in between"));
    assertThat(bob.host.history()).hasSize(1);
  }

  @Test
  void asksAgainAtTheNextLoginWhenTheAnswerGotLost() throws Exception {
    EngineDriver patient =
        network.account(
            "erin",
            config ->
                config.withReceiving(
                    config.receiving().withRetry(limits(MOST_REQUESTS, Duration.ofNanos(1)))));
    Peer erin = network.link(patient);
    network.always(Fault.CIPHERTEXT);
    patient.stop();
    alice.send(erin, "the answer gets lost");
    alice.stop();
    patient.start();
    patient.awaitLoggedIn();
    assertThat(patient.awaitMessage().content()).isInstanceOf(MessageContent.Undecryptable.class);
    network.sandbox.faults().arm(Fault.CIPHERTEXT, 0, 0);
    network.once(Fault.ACK_ERROR, 500);
    alice.start();
    alice.awaitLoggedIn();
    Eventually.until("the answer that gets lost", () -> answers(alice).contains(1));
    assertThat(patient.host.messages).isEmpty();

    patient.stop();
    patient.start();
    patient.awaitLoggedIn();

    Eventually.until(
        "the text",
        () ->
            patient
                .host
                .history()
                .getFirst()
                .content()
                .equals(new MessageContent.Text("the answer gets lost")));
    assertThat(patient.host.history()).hasSize(1);
  }

  @Test
  void answersAgainAtTheNextLoginWhatTheServerDidNotTake() throws Exception {
    alice.stop();
    bob.stop();
    network.always(Fault.CIPHERTEXT);
    alice.start();
    alice.awaitLoggedIn();
    alice.send(bobOwn, "the answer is refused");
    alice.stop();
    bob.start();
    bob.awaitLoggedIn();
    assertThat(bob.awaitMessage().content()).isInstanceOf(MessageContent.Undecryptable.class);
    network.sandbox.faults().arm(Fault.CIPHERTEXT, 0, 0);
    network.once(Fault.ACK_ERROR, 500);
    alice.start();
    alice.awaitLoggedIn();
    Eventually.until("the answer that is refused", () -> answers(alice).contains(1));
    // Its acknowledgement comes after the refusal.
    assertThat(alice.send(bobOwn, "after it")).isInstanceOf(SendOutcome.Sent.class);
    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("after it"));
    alice.stop();

    // Bob does not ask again: the network still has what he asked.
    alice.start();
    alice.awaitLoggedIn();

    assertThat(bob.awaitMessage().content())
        .isEqualTo(new MessageContent.Text("the answer is refused"));
    assertThat(answers(alice)).containsExactly(2);
  }

  @Test
  void answersADeviceTenTimesAndNoMore() throws Exception {
    EngineDriver insatiable =
        network.account(
            "carol",
            config -> config.withReceiving(config.receiving().withRetry(asking(MOST_ANSWERS + 5))));
    Peer carol = network.link(insatiable);
    network.always(Fault.CIPHERTEXT);

    alice.send(carol, "never readable");

    Eventually.until("all answers", () -> requests(insatiable) == MOST_ANSWERS + 1);
    network.sandbox.faults().arm(Fault.CIPHERTEXT, 0, 0);
    alice.send(carol, "readable");
    insatiable.awaitMessage();
    assertThat(insatiable.awaitMessage().content()).isEqualTo(new MessageContent.Text("readable"));
    assertThat(requests(insatiable)).isEqualTo(MOST_ANSWERS + 1);
    assertThat(answers(alice)).contains(MOST_ANSWERS);
  }

  @Test
  void sendsNothingAgainThatIsTooOld() throws Exception {
    EngineDriver forgetful =
        network.account(
            "dora",
            config ->
                config.withReceiving(
                    config
                        .receiving()
                        .withRetry(RetryLimits.DEFAULT.withAnswerAge(Duration.ofSeconds(-1)))));
    network.link(forgetful);
    network.once(Fault.CIPHERTEXT, 0);

    forgetful.send(bobOwn, "too old already");
    forgetful.send(bobOwn, "after it");

    bob.awaitMessage();
    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("after it"));
    assertThat(requests(bob)).isEqualTo(1);
    assertThat(answers(forgetful)).isEmpty();
  }

  private static RetryLimits asking(int requests) {
    return limits(requests, RetryLimits.DEFAULT.patience());
  }

  private static RetryLimits limits(int requests, Duration patience) {
    RetryLimits usual = RetryLimits.DEFAULT;
    return new RetryLimits(
        requests,
        usual.answers(),
        usual.answerAge(),
        usual.remembered(),
        patience,
        usual.renewal());
  }

  /** How often each message was sent again to a device. */
  private static List<Integer> answers(EngineDriver driver) {
    return driver
        .host
        .records
        .readAfter(RecordKind.RETRY_ANSWER, "", MOST_ANSWERS)
        .values()
        .stream()
        .map(EngineRetryIT::count)
        .toList();
  }

  private static int count(byte[] record) {
    try {
      return CountRecord.parseFrom(record).getCount();
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int requests(EngineDriver driver) {
    return driver.host.history().stream()
        .map(Message::content)
        .filter(MessageContent.Undecryptable.class::isInstance)
        .map(MessageContent.Undecryptable.class::cast)
        .mapToInt(MessageContent.Undecryptable::requests)
        .max()
        .orElse(0);
  }
}
