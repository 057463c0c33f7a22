package dev.switchboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.switchboard.api.v1.BulkItem;
import dev.switchboard.api.v1.MessagingServiceGrpc;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessagesRequest;
import dev.switchboard.api.v1.SendMessagesResponse;
import dev.switchboard.api.v1.TextContent;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** gRPC as it is, on the port for the web: a bulk is larger than any other request. */
class CallerStreamsTest extends WebTest {
  private final ManagedChannel channel =
      Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
          .build();
  private final String bulk = UUID.randomUUID().toString();

  @AfterEach
  void closeChannel() {
    channel.shutdownNow();
  }

  @Test
  void aStreamMayWeighMoreThanARequestAndIsRefusedByNameBeyond() throws Exception {
    post("/v1/instances", "{\"instance_id\": \"desk\", \"network\": \"NETWORK_SANDBOX\"}");
    // It was read to its end: only then is the instance asked to take it.
    assertThat(reason(2)).isEqualTo("INSTANCE_NOT_LINKED");
    assertThat(reason(3)).isEqualTo("INVALID_FIELD");
  }

  /** Why as many requests of 900 KB each are refused. */
  private String reason(int requests) throws InterruptedException {
    CompletableFuture<SendMessagesResponse> answer = new CompletableFuture<>();
    StreamObserver<SendMessagesRequest> upload =
        MessagingServiceGrpc.newStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(authorized()))
            .sendMessages(new Answer(answer));
    for (int i = 0; i < requests; i++) {
      upload.onNext(request());
    }
    upload.onCompleted();
    Throwable refusal = catchThrowable(() -> answer.get(30, TimeUnit.SECONDS)).getCause();
    return StatusProto.fromThrowable(refusal).getDetailsList().stream()
        .filter(any -> any.is(ErrorInfo.class))
        .map(CallerStreamsTest::reason)
        .findFirst()
        .orElseThrow();
  }

  private static String reason(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private record Answer(CompletableFuture<SendMessagesResponse> to)
      implements StreamObserver<SendMessagesResponse> {
    @Override
    public void onNext(SendMessagesResponse response) {
      to.complete(response);
    }

    @Override
    public void onError(Throwable refusal) {
      to.completeExceptionally(refusal);
    }

    @Override
    public void onCompleted() {
      // The response is there already.
    }
  }

  private Metadata authorized() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
    return headers;
  }

  private SendMessagesRequest request() {
    BulkItem item =
        BulkItem.newBuilder()
            .setTo(Peer.newBuilder().setPhoneNumber("+15550001000"))
            .setText(TextContent.newBuilder().setText("x".repeat(64_000)))
            .build();
    return SendMessagesRequest.newBuilder()
        .setInstanceId("desk")
        .setBulkId(bulk)
        .addAllItems(Collections.nCopies(14, item))
        .build();
  }
}
