package dev.switchboard.loadtest.client;

import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.ClearFaultsRequest;
import dev.switchboard.api.sandbox.v1.CreatePersonRequest;
import dev.switchboard.api.sandbox.v1.DisconnectDevicesRequest;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.GetSandboxRequest;
import dev.switchboard.api.sandbox.v1.GetSandboxResponse;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc.SandboxServiceBlockingStub;
import dev.switchboard.api.sandbox.v1.ScanQrRequest;
import dev.switchboard.api.sandbox.v1.SendAsPersonRequest;
import dev.switchboard.api.sandbox.v1.StreamPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.StreamPhoneMessagesResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The control service of the simulated network. */
public final class SandboxClient implements AutoCloseable {
  private static final int LARGEST_PAGE = 1_000;
  private static final com.google.protobuf.Duration LATE =
      com.google.protobuf.Duration.newBuilder().setNanos(500_000_000).build();

  private final ManagedChannel channel;
  private final Duration patience;

  /** What the network does wrong, in so many of a hundred cases. */
  public sealed interface Mischief {
    /** Acknowledgements of messages are half a second late. */
    record LateAcknowledgements(int percent) implements Mischief {}

    /** Acknowledgements of messages do not leave. */
    record LostAcknowledgements(int percent) implements Mischief {}

    /** Messages to clients do not leave before their next login. */
    record LostMessages(int percent) implements Mischief {}

    /** Messages to clients leave twice. */
    record DoubledMessages(int percent) implements Mischief {}
  }

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
   * Lets a person write a text to another on the phone, both by their numbers.
   *
   * @return when it was handed to the sockets of those it is for
   */
  public Instant write(String from, String to, String text) {
    var request =
        SendAsPersonRequest.newBuilder()
            .setPerson(PersonName.newBuilder().setPhoneNumber(from))
            .setTo(PersonName.newBuilder().setPhoneNumber(to))
            .setText(text);
    var sent = Calls.make("SendAsPerson", () -> stub().sendAsPerson(request.build()));
    return Instant.ofEpochSecond(sent.getSendTime().getSeconds(), sent.getSendTime().getNanos());
  }

  /**
   * Lets so many of a hundred acknowledgements of messages be late by half a second, for good: more
   * of them are on their way at any moment.
   */
  public void delayAcknowledgements(int percent) {
    arm(new Mischief.LateAcknowledgements(percent));
  }

  /** Arms a fault of the network until faults are cleared. */
  public void arm(Mischief mischief) {
    var request =
        switch (mischief) {
          case Mischief.LateAcknowledgements late ->
              always(Fault.FAULT_ACK_LATE, late.percent()).setDuration(LATE);
          case Mischief.LostAcknowledgements lost -> always(Fault.FAULT_ACK_LOST, lost.percent());
          case Mischief.LostMessages lost -> always(Fault.FAULT_MESSAGE_LOST, lost.percent());
          case Mischief.DoubledMessages doubled ->
              always(Fault.FAULT_MESSAGE_DOUBLED, doubled.percent());
        };
    var _ = Calls.make("ArmFault", () -> stub().armFault(request.build()));
  }

  private static ArmFaultRequest.Builder always(Fault fault, int percent) {
    return ArmFaultRequest.newBuilder().setFault(fault).setUntilTakenBack(true).setPercent(percent);
  }

  /** Lets nothing go wrong any more. */
  public void clearFaults() {
    var _ =
        Calls.make(
            "ClearFaults", () -> stub().clearFaults(ClearFaultsRequest.getDefaultInstance()));
  }

  /** Drops the connections of a person's linked devices without a word. */
  public void disconnect(String phoneNumber) {
    var request =
        DisconnectDevicesRequest.newBuilder()
            .setPerson(PersonName.newBuilder().setPhoneNumber(phoneNumber));
    var _ = Calls.make("DisconnectDevices", () -> stub().disconnectDevices(request.build()));
  }

  /** Follows what a phone shows, after the message so many. */
  public void watchPhone(
      String phoneNumber, long after, StreamObserver<StreamPhoneMessagesResponse> watcher) {
    SandboxServiceGrpc.newStub(channel)
        .streamPhoneMessages(
            StreamPhoneMessagesRequest.newBuilder()
                .setPerson(PersonName.newBuilder().setPhoneNumber(phoneNumber))
                .setAfterSequence(after)
                .build(),
            watcher);
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
