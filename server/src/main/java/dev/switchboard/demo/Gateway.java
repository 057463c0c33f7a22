package dev.switchboard.demo;

import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.MessagingServiceGrpc;
import dev.switchboard.api.v1.Network;
import dev.switchboard.api.v1.PairInstanceRequest;
import dev.switchboard.api.v1.PairInstanceResponse;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.StreamMessagesRequest;
import dev.switchboard.api.v1.StreamMessagesResponse;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.WatchInstancesRequest;
import dev.switchboard.api.v1.WatchInstancesResponse;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The calls of the public API that the demonstration makes. */
final class Gateway {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Channel channel;

  Gateway(Channel bare, String apiKey) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + apiKey);
    channel =
        ClientInterceptors.intercept(bare, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  void create(String instance) {
    instances()
        .createInstance(
            CreateInstanceRequest.newBuilder()
                .setInstanceId(instance)
                .setNetwork(Network.NETWORK_SANDBOX)
                .setRequestId(UUID.randomUUID().toString())
                .build());
  }

  /** Pairs, handing each QR code to whoever scans it. */
  Peer pair(String instance, Consumer<String> scanner) {
    Iterator<PairInstanceResponse> steps =
        instances().pairInstance(PairInstanceRequest.newBuilder().setInstanceId(instance).build());
    while (steps.hasNext()) {
      PairInstanceResponse step = steps.next();
      switch (step.getStepCase()) {
        case QR -> scanner.accept(step.getQr().getText());
        case PAIRED -> {
          return step.getPaired().getPeer();
        }
        case FAILED ->
            throw new DemoException("pairing " + instance + " failed: " + step.getFailed());
        case CODE, STEP_NOT_SET -> {}
      }
    }
    throw new DemoException("pairing " + instance + " ended without an answer");
  }

  void awaitReady(String instance) {
    Iterator<WatchInstancesResponse> events =
        instances()
            .watchInstances(WatchInstancesRequest.newBuilder().setInstanceId(instance).build());
    while (events.hasNext()) {
      WatchInstancesResponse event = events.next();
      var seen = event.hasCurrent() ? event.getCurrent() : event.getChanged().getInstance();
      if (seen.getState() == InstanceState.INSTANCE_STATE_READY) {
        return;
      }
    }
    throw new DemoException(instance + " did not get ready");
  }

  /** The events of one instance's messages; the subscription stands when this returns. */
  Iterator<StreamMessagesResponse> listen(String instance) {
    Iterator<StreamMessagesResponse> events =
        messaging()
            .streamMessages(StreamMessagesRequest.newBuilder().setInstanceId(instance).build());
    if (!events.next().hasSubscribed()) {
      throw new DemoException("the stream of " + instance + " did not begin as it should");
    }
    return events;
  }

  Message send(String instance, Peer to, String text) {
    return messaging()
        .sendMessage(
            SendMessageRequest.newBuilder()
                .setInstanceId(instance)
                .setTo(to)
                .setText(TextContent.newBuilder().setText(text))
                .setRequestId(UUID.randomUUID().toString())
                .build())
        .getMessage();
  }

  static Message awaitReceived(Iterator<StreamMessagesResponse> events) {
    while (events.hasNext()) {
      StreamMessagesResponse event = events.next();
      if (event.hasReceived()) {
        return event.getReceived().getMessage();
      }
    }
    throw new DemoException("the stream ended before a message came in");
  }

  static Message awaitDelivered(Iterator<StreamMessagesResponse> events, String messageId) {
    while (events.hasNext()) {
      Message message = events.next().getStatusChanged().getMessage();
      if (!message.getMessageId().equals(messageId)) {
        continue;
      }
      if (message.getStatus() == MessageStatus.MESSAGE_STATUS_FAILED) {
        throw new DemoException("message " + messageId + " failed: " + message.getFailure());
      }
      if (message.getStatus() == MessageStatus.MESSAGE_STATUS_DELIVERED) {
        return message;
      }
    }
    throw new DemoException("the stream ended before the message was delivered");
  }

  private InstanceServiceGrpc.InstanceServiceBlockingStub instances() {
    return InstanceServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private MessagingServiceGrpc.MessagingServiceBlockingStub messaging() {
    return MessagingServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
