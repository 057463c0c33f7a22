package dev.switchboard.loadtest.client;

import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.CreatePersonRequest;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.GetSandboxRequest;
import dev.switchboard.api.sandbox.v1.GetSandboxResponse;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc.SandboxServiceBlockingStub;
import dev.switchboard.api.sandbox.v1.ScanQrRequest;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The control service of the simulated network. */
public final class SandboxClient implements AutoCloseable {
  private static final int LARGEST_PAGE = 1_000;
  private static final int LATE_NANOS = 500_000_000;

  private final ManagedChannel channel;
  private final Duration patience;

  /** A client of the service at a port on loopback, each call bounded by {@code patience}. */
  public SandboxClient(int port, Duration patience) {
    this.channel = Channels.open(port);
    this.patience = patience;
  }

  /** Waits until it answers; false when it does not in time, or has ended. */
  public boolean awaitStart(BooleanSupplier alive) throws InterruptedException {
    return Calls.answered(this::ask, alive, patience);
  }

  /** Where it listens, what a client must trust, and what it refused. */
  public GetSandboxResponse describe() {
    return Calls.make("GetSandbox", this::ask);
  }

  /** Makes a person who answers every text with the same text; the answer is their number. */
  public String createEcho(String name) {
    return create(name, Behaviour.BEHAVIOUR_ECHO);
  }

  /** Makes a person who receives and says nothing; the answer is their number. */
  public String createSilent(String name) {
    return create(name, Behaviour.BEHAVIOUR_SILENT);
  }

  /** What a person's phone decrypted, oldest first. */
  public List<PhoneMessage> received(String phoneNumber) {
    var all = new ArrayList<PhoneMessage>();
    String page = "";
    do {
      var request =
          ListPhoneMessagesRequest.newBuilder()
              .setPerson(PersonName.newBuilder().setPhoneNumber(phoneNumber))
              .setPageSize(LARGEST_PAGE)
              .setPageToken(page)
              .build();
      var answer = Calls.make("ListPhoneMessages", () -> stub().listPhoneMessages(request));
      all.addAll(answer.getMessagesList());
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    return all;
  }

  /**
   * Lets so many of a hundred acknowledgements of messages be late by half a second, for good: more
   * of them are on their way at any moment.
   */
  public void delayAcknowledgements(int percent) {
    var request =
        ArmFaultRequest.newBuilder()
            .setFault(Fault.FAULT_ACK_LATE)
            .setUntilTakenBack(true)
            .setPercent(percent)
            .setDuration(com.google.protobuf.Duration.newBuilder().setNanos(LATE_NANOS));
    var _ = Calls.make("ArmFault", () -> stub().armFault(request.build()));
  }

  private String create(String name, Behaviour behaviour) {
    var request = CreatePersonRequest.newBuilder().setName(name).setBehaviour(behaviour);
    return Calls.make("CreatePerson " + name, () -> stub().createPerson(request.build()))
        .getPerson()
        .getPhoneNumber();
  }

  /**
   * Lets the phone of a person scan a code; the person is made when there is none. The answer is
   * their number.
   */
  public String scan(String qrText, String person) {
    var request =
        ScanQrRequest.newBuilder()
            .setQrText(qrText)
            .setPerson(PersonName.newBuilder().setName(person));
    return Calls.make("ScanQr of " + person, () -> stub().scanQr(request.build()))
        .getPerson()
        .getPhoneNumber();
  }

  private GetSandboxResponse ask() {
    return stub().getSandbox(GetSandboxRequest.getDefaultInstance());
  }

  private SandboxServiceBlockingStub stub() {
    return SandboxServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    Channels.close(channel);
  }
}
