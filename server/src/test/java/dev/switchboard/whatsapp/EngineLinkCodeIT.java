package dev.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.sandbox.v1.CreatePersonRequest;
import dev.switchboard.api.sandbox.v1.EnterCodeRequest;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.whatsapp.pairing.PairingLimits;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Linking by a code that is typed on the phone. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineLinkCodeIT {
  private SandboxNetwork network;
  private ManagedChannel channel;
  private SandboxServiceGrpc.SandboxServiceBlockingStub control;

  @BeforeEach
  void open(@TempDir Path folder) {
    network = new SandboxNetwork(folder);
    channel =
        Grpc.newChannelBuilder(
                "127.0.0.1:" + network.sandbox.controlPort(), InsecureChannelCredentials.create())
            .build();
    control = SandboxServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    network.close();
  }

  @Test
  void linksAndExchangesTexts() throws Exception {
    String number = person("Alice");
    EngineDriver alice = wishing(number);
    alice.start();
    ConnectorEvent.CodeShown code = alice.awaitCode();

    assertThat(code.text()).matches("[1-9A-Z]{4}-[1-9A-Z]{4}");
    assertThat(code.expiresAt()).isBetween(Instant.now(), Instant.now().plusSeconds(160));
    assertThat(alice.host.records.count(RecordKind.CREDENTIALS)).isZero();
    assertThat(type(number, code.text())).isEqualTo(Status.Code.OK);
    assertThat(alice.awaitPaired().phoneNumber()).isEqualTo(new PhoneNumber(number.substring(1)));
    Peer own = alice.awaitLoggedIn();

    EngineDriver bob = network.account("bob");
    Peer bobOwn = network.link(bob);
    assertThat(alice.send(bobOwn, "hello Bob")).isInstanceOf(SendOutcome.Sent.class);
    assertThat(bob.awaitMessage().content()).isEqualTo(new MessageContent.Text("hello Bob"));
    assertThat(bob.send(own, "hello Alice")).isInstanceOf(SendOutcome.Sent.class);
    assertThat(alice.awaitMessage().content()).isEqualTo(new MessageContent.Text("hello Alice"));
    assertThat(network.sandbox.refusals()).isEmpty();
  }

  @Test
  void showsAnotherCodeAfterWrongOneAndEndsAfterTheThird() throws Exception {
    String number = person("Alice");
    EngineDriver alice = wishing(number);
    alice.start();
    String first = alice.awaitCode().text();
    assertThat(type(number, "1111-1111")).isEqualTo(Status.Code.FAILED_PRECONDITION);
    String second = alice.awaitCode().text();
    assertThat(second).isNotEqualTo(first);
    assertThat(type(number, first)).isEqualTo(Status.Code.FAILED_PRECONDITION);
    alice.awaitCode();
    assertThat(type(number, second)).isEqualTo(Status.Code.FAILED_PRECONDITION);

    assertNotPaired(alice, StateCause.PAIRING_REFUSED);
    assertThat(network.sandbox.refusals()).containsEntry(Refusal.LINK_CODE_WRONG.label(), 3L);
    assertThat(type(number, second)).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void linksByTheSecondCode() throws Exception {
    String number = person("Alice");
    EngineDriver alice = wishing(number);
    alice.start();
    alice.awaitCode();
    assertThat(type(number, "1111-1111")).isEqualTo(Status.Code.FAILED_PRECONDITION);

    assertThat(type(number, alice.awaitCode().text())).isEqualTo(Status.Code.OK);

    alice.awaitLoggedIn();
  }

  @Test
  void endsWhenNobodyTypes() throws Exception {
    Duration second = Duration.ofSeconds(1);
    PairingLimits quick = new PairingLimits(second, second, second, 3, Duration.ofSeconds(5));
    EngineDriver alice = wishing(person("Alice"), config -> config.withPairing(quick));
    alice.start();
    alice.awaitCode();

    assertNotPaired(alice, StateCause.PAIRING_EXPIRED);
  }

  @Test
  void endsWhenTheNetworkDoesNotKnowTheNumber() throws Exception {
    EngineDriver alice = wishing("+15550009999");
    alice.start();

    assertNotPaired(alice, StateCause.PAIRING_REFUSED);
  }

  @Test
  void refusesWhatIsNotSealedWithTheAgreedSecret() throws Exception {
    network.once(Fault.PAIRING_HMAC, 0);
    assertRefusesThePhone();
  }

  @Test
  void refusesWhatTheAccountDidNotSign() throws Exception {
    network.once(Fault.ACCOUNT_SIGNATURE, 0);
    assertRefusesThePhone();
  }

  @Test
  void endsWhenTheAccountNeedsPasskey() throws Exception {
    network.once(Fault.PASSKEY_REQUIRED, 0);
    String number = person("Alice");
    EngineDriver alice = wishing(number);
    alice.start();

    assertThat(type(number, alice.awaitCode().text())).isEqualTo(Status.Code.FAILED_PRECONDITION);

    assertNotPaired(alice, StateCause.PASSKEY_REQUIRED);
  }

  @Test
  void endsWhenTheScanningAccountNeedsPasskey() throws Exception {
    network.once(Fault.PASSKEY_REQUIRED, 0);
    EngineDriver alice = network.account("alice");
    alice.start();

    assertThat(network.tryToScan(alice.awaitQr().text())).isEqualTo(409);

    assertNotPaired(alice, StateCause.PASSKEY_REQUIRED);
  }

  private void assertRefusesThePhone() throws InterruptedException {
    String number = person("Alice");
    EngineDriver alice = wishing(number);
    alice.start();

    assertThat(type(number, alice.awaitCode().text())).isEqualTo(Status.Code.FAILED_PRECONDITION);

    assertNotPaired(alice, StateCause.PAIRING_REFUSED);
  }

  private static void assertNotPaired(EngineDriver account, StateCause cause)
      throws InterruptedException {
    assertThat(account.awaitEnd())
        .isInstanceOfSatisfying(
            ConnectionEnd.NotPaired.class, end -> assertThat(end.cause()).isEqualTo(cause));
    assertThat(account.host.records.count(RecordKind.CREDENTIALS)).isZero();
  }

  private EngineDriver wishing(String number) {
    return wishing(number, UnaryOperator.identity());
  }

  private EngineDriver wishing(String number, UnaryOperator<WhatsAppConfig> change) {
    EngineDriver driver = network.account("alice", change);
    driver.host.pairingMethod = new PairingMethod.PhoneCode(new PhoneNumber(number.substring(1)));
    return driver;
  }

  private String person(String name) {
    return control
        .createPerson(CreatePersonRequest.newBuilder().setName(name).build())
        .getPerson()
        .getPhoneNumber();
  }

  private Status.Code type(String number, String code) {
    try {
      var _ =
          control.enterCode(
              EnterCodeRequest.newBuilder()
                  .setPerson(PersonName.newBuilder().setPhoneNumber(number))
                  .setCode(code)
                  .build());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
