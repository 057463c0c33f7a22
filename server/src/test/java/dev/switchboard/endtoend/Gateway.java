package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.sandbox.v1.CreatePersonRequest;
import dev.switchboard.api.sandbox.v1.EnterCodeRequest;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.api.sandbox.v1.ScanQrRequest;
import dev.switchboard.api.v1.Contact;
import dev.switchboard.api.v1.ContactServiceGrpc;
import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.EventServiceGrpc;
import dev.switchboard.api.v1.GetContactRequest;
import dev.switchboard.api.v1.GetMessageRequest;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.ListMessagesRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.MessagingServiceGrpc;
import dev.switchboard.api.v1.Network;
import dev.switchboard.api.v1.PairInstanceRequest;
import dev.switchboard.api.v1.PairInstanceResponse;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.PresenceServiceGrpc;
import dev.switchboard.api.v1.QueueServiceGrpc;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.WatchInstancesRequest;
import dev.switchboard.api.v1.WebhookServiceGrpc;
import dev.switchboard.testing.Typist;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A client of the public API, and of the sandbox's control service for the phones. */
public final class Gateway implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final ManagedChannel bare;
  private final ManagedChannel control;
  private final Channel channel;

  Gateway(ServerProcess server, String key) {
    this(server.grpcPort(), server.sandboxControlPort(), key);
  }

  /**
   * Connects to both.
   *
   * @param key of the public API
   */
  public Gateway(int grpcPort, int sandboxControlPort, String key) {
    bare = open(grpcPort);
    control = open(sandboxControlPort);
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    channel =
        ClientInterceptors.intercept(bare, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** Creates an instance, links it with the phone of the same name and waits until it is ready. */
  public Peer link(String name) {
    return link(name, name);
  }

  /** The same with an instance of another name than the phone's. */
  public Peer link(String name, String person) {
    instances()
        .createInstance(
            CreateInstanceRequest.newBuilder()
                .setInstanceId(name)
                .setNetwork(Network.NETWORK_SANDBOX)
                .build());
    var steps =
        instances().pairInstance(PairInstanceRequest.newBuilder().setInstanceId(name).build());
    while (steps.hasNext()) {
      PairInstanceResponse step = steps.next();
      if (step.hasQr()) {
        scan(person, step.getQr().getText());
      } else if (step.hasPaired()) {
        awaitReady(name);
        return step.getPaired().getPeer();
      } else {
        throw new AssertionError("pairing failed: " + step);
      }
    }
    throw new AssertionError("pairing ended without an answer");
  }

  /** Links an instance by a code that is typed on the phone, and waits until it is ready. */
  public Peer linkByCode(String name) {
    instances()
        .createInstance(
            CreateInstanceRequest.newBuilder()
                .setInstanceId(name)
                .setNetwork(Network.NETWORK_SANDBOX)
                .build());
    String phoneNumber = createPerson(name);
    var steps =
        instances()
            .pairInstance(
                PairInstanceRequest.newBuilder()
                    .setInstanceId(name)
                    .setPhoneNumber(phoneNumber)
                    .build());
    type(phoneNumber, steps.next().getCode().getText());
    Peer own = steps.next().getPaired().getPeer();
    awaitReady(name);
    return own;
  }

  /** Creates somebody in the sandbox and returns the phone number. */
  public String createPerson(String name) {
    return sandbox()
        .createPerson(CreatePersonRequest.newBuilder().setName(name).build())
        .getPerson()
        .getPhoneNumber();
  }

  public void type(String phoneNumber, String code) {
    EnterCodeRequest request =
        EnterCodeRequest.newBuilder()
            .setPerson(PersonName.newBuilder().setPhoneNumber(phoneNumber))
            .setCode(code)
            .build();
    Typist.type(() -> sandbox().enterCode(request));
  }

  public void awaitReady(String name) {
    var events =
        instances().watchInstances(WatchInstancesRequest.newBuilder().setInstanceId(name).build());
    while (events.hasNext()) {
      var event = events.next();
      var seen = event.hasCurrent() ? event.getCurrent() : event.getChanged().getInstance();
      if (seen.getState() == InstanceState.INSTANCE_STATE_READY) {
        return;
      }
    }
    throw new AssertionError(name + " did not get ready");
  }

  public Message send(String from, Peer to, String text) {
    return send(from, to, text, UUID.randomUUID().toString());
  }

  public Message send(String from, Peer to, String text, String requestId) {
    return messaging()
        .sendMessage(
            SendMessageRequest.newBuilder()
                .setInstanceId(from)
                .setTo(to)
                .setText(TextContent.newBuilder().setText(text))
                .setRequestId(requestId)
                .build())
        .getMessage();
  }

  public Message get(String instance, String messageId) {
    return messaging()
        .getMessage(
            GetMessageRequest.newBuilder().setInstanceId(instance).setMessageId(messageId).build())
        .getMessage();
  }

  /** What an instance knows of a person. */
  Contact contact(String instance, Peer peer) {
    return ContactServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .getContact(GetContactRequest.newBuilder().setInstanceId(instance).setPeer(peer).build())
        .getContact();
  }

  /** The newest messages of a chat, which any name of the person finds. */
  List<Message> chat(String instance, Peer peer) {
    return messaging()
        .listMessages(
            ListMessagesRequest.newBuilder().setInstanceId(instance).setChat(peer).build())
        .getMessagesList();
  }

  /** The newest messages of an instance. */
  List<Message> messages(String instance) {
    return messaging()
        .listMessages(
            ListMessagesRequest.newBuilder().setInstanceId(instance).setPageSize(500).build())
        .getMessagesList();
  }

  public Message awaitText(String instance, String text) {
    return await(
            () -> messages(instance),
            list ->
                list.stream()
                    .anyMatch(m ->
                        m.getStatus() == MessageStatus.MESSAGE_STATUS_RECEIVED
                            && m.getText().getText().equals(text)),
            "text '" + text + "' at " + instance)
        .stream()
        .filter(message -> message.getText().getText().equals(text))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the message has come at least so far. */
  public Message awaitStatus(String instance, String id, MessageStatus status) {
    Message message =
        await(
            () -> get(instance, id),
            seen -> seen.getStatus().getNumber() >= status.getNumber(),
            "message " + id + " to be " + status);
    assertThat(message.getStatus()).isNotEqualTo(MessageStatus.MESSAGE_STATUS_FAILED);
    return message;
  }

  public void scan(String person, String qrText) {
    var _ =
        SandboxServiceGrpc.newBlockingStub(control)
            .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .scanQr(
                ScanQrRequest.newBuilder()
                    .setPerson(PersonName.newBuilder().setName(person))
                    .setQrText(qrText)
                    .build());
  }

  public InstanceServiceGrpc.InstanceServiceBlockingStub instances() {
    return InstanceServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  public MessagingServiceGrpc.MessagingServiceBlockingStub messaging() {
    return MessagingServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** For calls that send a stream. */
  MessagingServiceGrpc.MessagingServiceStub messagingStreams() {
    return MessagingServiceGrpc.newStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  public QueueServiceGrpc.QueueServiceBlockingStub queues() {
    return QueueServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  public PresenceServiceGrpc.PresenceServiceBlockingStub presences() {
    return PresenceServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  public EventServiceGrpc.EventServiceBlockingStub events() {
    return EventServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  public WebhookServiceGrpc.WebhookServiceBlockingStub webhooks() {
    return WebhookServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  public SandboxServiceGrpc.SandboxServiceBlockingStub sandbox() {
    return SandboxServiceGrpc.newBlockingStub(control)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    bare.shutdownNow();
    control.shutdownNow();
  }

  /** Asks until the server can tell, which it cannot while its database is behind. */
  static <T> T patiently(Supplier<T> look) {
    return await(look, _ -> true, "an answer");
  }

  private static <T> T await(Supplier<T> look, Predicate<T> good, String what) {
    Instant deadline = Instant.now().plus(PATIENCE);
    Optional<T> seen = told(look);
    while (seen.filter(good).isEmpty()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("waited in vain for " + what + "; last seen: " + seen);
      }
      sleep();
      seen = told(look);
    }
    return seen.orElseThrow();
  }

  /** Nothing while the server says that it cannot tell yet. */
  private static <T> Optional<T> told(Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static ManagedChannel open(int port) {
    return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create()).build();
  }
}
