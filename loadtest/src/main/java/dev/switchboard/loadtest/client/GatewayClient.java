package dev.switchboard.loadtest.client;

import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.CreateWebhookRequest;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.GetMessageRequest;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.ListInstancesRequest;
import dev.switchboard.api.v1.ListInstancesResponse;
import dev.switchboard.api.v1.ListMessagesRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.api.v1.MessagingServiceGrpc;
import dev.switchboard.api.v1.Network;
import dev.switchboard.api.v1.PairInstanceRequest;
import dev.switchboard.api.v1.PairInstanceResponse;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.SendMessageResponse;
import dev.switchboard.api.v1.StopInstanceRequest;
import dev.switchboard.api.v1.StreamMessagesRequest;
import dev.switchboard.api.v1.StreamMessagesResponse;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.WatchInstancesRequest;
import dev.switchboard.api.v1.Webhook;
import dev.switchboard.api.v1.WebhookServiceGrpc;
import dev.switchboard.loadtest.run.LoadTestException;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The services of a gateway, called with one key. */
public final class GatewayClient implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int LARGEST_PAGE = 500;

  private final int port;
  private final String key;
  private final ManagedChannel channel;
  private final Metadata credentials = new Metadata();
  private final Duration patience;

  /** A client of the gateway at a port on loopback, each call bounded by {@code patience}. */
  public GatewayClient(int port, String key, Duration patience) {
    this.port = port;
    this.key = key;
    this.channel = Channels.open(port);
    this.patience = patience;
    credentials.put(AUTHORIZATION, "Bearer " + key);
  }

  /**
   * Has events of a kind posted to an address.
   *
   * @return the secret that posts are signed with
   */
  public String createWebhook(String id, String url, EventKind kind) {
    var webhook = Webhook.newBuilder().setWebhookId(id).setUrl(url).addKinds(kind);
    var request = CreateWebhookRequest.newBuilder().setWebhook(webhook).build();
    return Calls.make(
            "CreateWebhook",
            () -> bounded(WebhookServiceGrpc.newBlockingStub(channel)).createWebhook(request))
        .getSecret();
  }

  /** Another connection to the same gateway under the same key, for one reader of events. */
  public EventClient eventReader() {
    return new EventClient(port, key);
  }

  /** Waits until it answers; false when it does not in time, or has ended. */
  public boolean awaitStart(BooleanSupplier alive) throws InterruptedException {
    return Calls.answered(this::knock, alive, patience);
  }

  /** By itself the channel waits longer after each failure, up to two minutes: as if nobody was. */
  private ListInstancesResponse knock() {
    channel.resetConnectBackoff();
    return firstInstance();
  }

  /** Creates an instance in the simulated network. */
  public void create(String instanceId) throws InterruptedException {
    var request =
        CreateInstanceRequest.newBuilder()
            .setInstanceId(instanceId)
            .setNetwork(Network.NETWORK_SANDBOX)
            .setRequestId(UUID.randomUUID().toString());
    var _ =
        Calls.makeWhenAvailable(
            "CreateInstance " + instanceId,
            () ->
                bounded(InstanceServiceGrpc.newBlockingStub(channel))
                    .createInstance(request.build()),
            patience);
  }

  /**
   * Links an instance: hands the first code to {@code phone} and waits until the link stands.
   *
   * @throws LoadTestException if the link was refused or took too long
   */
  public void pair(String instanceId, Consumer<String> phone) {
    var request = PairInstanceRequest.newBuilder().setInstanceId(instanceId).build();
    try {
      Iterator<PairInstanceResponse> steps =
          bounded(InstanceServiceGrpc.newBlockingStub(channel)).pairInstance(request);
      boolean scanned = false;
      while (steps.hasNext()) {
        PairInstanceResponse step = steps.next();
        if (step.hasPaired()) {
          return;
        }
        if (step.hasFailed()) {
          throw new LoadTestException(
              "pairing "
                  + instanceId
                  + " failed: "
                  + step.getFailed().getCause()
                  + " "
                  + step.getFailed().getDetail());
        }
        if (!scanned) {
          scanned = true;
          phone.accept(step.getQr().getText());
        }
      }
      throw new LoadTestException("pairing " + instanceId + " ended without an outcome");
    } catch (StatusRuntimeException e) {
      throw Calls.failed("PairInstance " + instanceId, e);
    }
  }

  /** Hands a text over for sending. */
  public void send(String instanceId, String phoneNumber, String text) {
    var request =
        SendMessageRequest.newBuilder()
            .setInstanceId(instanceId)
            .setTo(Peer.newBuilder().setPhoneNumber(phoneNumber))
            .setText(TextContent.newBuilder().setText(text));
    var _ =
        Calls.make(
            "SendMessage of " + instanceId,
            () ->
                bounded(MessagingServiceGrpc.newBlockingStub(channel))
                    .sendMessage(request.build()));
  }

  /**
   * Asks for a message once, without a word about failures: whoever repeats it decides.
   *
   * @throws StatusRuntimeException as the call fails
   */
  public SendMessageResponse trySend(SendMessageRequest request, Duration deadline) {
    return withKey(MessagingServiceGrpc.newBlockingStub(channel))
        .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .sendMessage(request);
  }

  /** One message as it is now. */
  public Message message(String instanceId, String messageId) {
    var request = GetMessageRequest.newBuilder().setInstanceId(instanceId).setMessageId(messageId);
    return Calls.make(
            "GetMessage of " + instanceId,
            () ->
                bounded(MessagingServiceGrpc.newBlockingStub(channel)).getMessage(request.build()))
        .getMessage();
  }

  /** All messages of an instance in one direction, newest first, as soon as the server can tell. */
  public List<Message> allMessages(String instanceId, MessageDirection direction)
      throws InterruptedException {
    var all = new ArrayList<Message>();
    String page = "";
    do {
      var request =
          ListMessagesRequest.newBuilder()
              .setInstanceId(instanceId)
              .setDirection(direction)
              .setPageSize(LARGEST_PAGE)
              .setPageToken(page)
              .build();
      var answer =
          Calls.makeWhenAvailable(
              "ListMessages of " + instanceId,
              () -> bounded(MessagingServiceGrpc.newBlockingStub(channel)).listMessages(request),
              patience);
      all.addAll(answer.getMessagesList());
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    return all;
  }

  /** Follows what happens to the messages of all instances. */
  public void watchMessages(StreamObserver<StreamMessagesResponse> watcher) {
    withKey(MessagingServiceGrpc.newStub(channel))
        .streamMessages(StreamMessagesRequest.getDefaultInstance(), watcher);
  }

  /** Ends the connection of an instance; what it is asked to send waits. */
  public void stop(String instanceId) {
    var request = StopInstanceRequest.newBuilder().setInstanceId(instanceId);
    var _ =
        Calls.make(
            "StopInstance " + instanceId,
            () ->
                bounded(InstanceServiceGrpc.newBlockingStub(channel))
                    .stopInstance(request.build()));
  }

  /** The newest messages of an instance, 500 at most. */
  public List<Message> messages(String instanceId) {
    var request =
        ListMessagesRequest.newBuilder().setInstanceId(instanceId).setPageSize(LARGEST_PAGE);
    return Calls.make(
            "ListMessages of " + instanceId,
            () ->
                bounded(MessagingServiceGrpc.newBlockingStub(channel))
                    .listMessages(request.build()))
        .getMessagesList();
  }

  /** Follows the states of all instances. */
  public StateWatch watchStates() {
    var watch = new StateWatch();
    withKey(InstanceServiceGrpc.newStub(channel))
        .watchInstances(WatchInstancesRequest.getDefaultInstance(), watch);
    return watch;
  }

  /** Follows the messages that come in for all instances. */
  public Arrivals watchArrivals() {
    var arrivals = new Arrivals();
    withKey(MessagingServiceGrpc.newStub(channel))
        .streamMessages(StreamMessagesRequest.getDefaultInstance(), arrivals);
    return arrivals;
  }

  private ListInstancesResponse firstInstance() {
    return bounded(InstanceServiceGrpc.newBlockingStub(channel))
        .listInstances(ListInstancesRequest.newBuilder().setPageSize(1).build());
  }

  private <S extends AbstractStub<S>> S bounded(S stub) {
    return withKey(stub).withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <S extends AbstractStub<S>> S withKey(S stub) {
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credentials));
  }

  @Override
  public void close() {
    Channels.close(channel);
  }
}
