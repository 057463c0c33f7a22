package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.BatchSendMessagesRequest;
import dev.switchboard.api.v1.BulkItem;
import dev.switchboard.api.v1.BulkResult;
import dev.switchboard.api.v1.GetBulkRequest;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessagesRequest;
import dev.switchboard.api.v1.SendMessagesResponse;
import dev.switchboard.api.v1.StatusCount;
import dev.switchboard.api.v1.StopInstanceRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.testing.Eventually;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** As many messages as a bulk may have, of which the first are accepted when the server dies. */
final class CutOffBulk {
  private static final int MESSAGES = 10_000;
  private static final int GROUP = 500;
  private static final int BEFORE = 6 * GROUP;

  private final String instance;
  private final String bulk = UUID.randomUUID().toString();
  private final List<BulkItem> items;
  private final List<BulkResult> first = new ArrayList<>();

  /**
   * @param instance linked and stopped: its messages wait
   */
  CutOffBulk(Gateway gateway, String instance, Peer to) {
    this.instance = instance;
    this.items = IntStream.range(0, MESSAGES).mapToObj(i -> item(to, "message " + i)).toList();
    var _ =
        gateway
            .instances()
            .stopInstance(StopInstanceRequest.newBuilder().setInstanceId(instance).build());
  }

  private static BulkItem item(Peer to, String text) {
    return BulkItem.newBuilder().setTo(to).setText(TextContent.newBuilder().setText(text)).build();
  }

  /** What is accepted before the server dies. */
  void begin(Gateway gateway) {
    for (int index = 0; index < BEFORE; index += GROUP) {
      var request =
          BatchSendMessagesRequest.newBuilder()
              .setInstanceId(instance)
              .setBulkId(bulk)
              .setFirstIndex(index)
              .addAllItems(items.subList(index, index + GROUP))
              .build();
      first.addAll(gateway.messaging().batchSendMessages(request).getResultsList());
    }
    assertThat(first).hasSize(BEFORE).noneMatch(BulkResult::hasError);
  }

  /** Sends it whole, as somebody does who does not know how far it came. */
  void resume(Gateway gateway) throws Exception {
    List<BulkResult> results = upload(gateway);
    assertThat(results).hasSize(MESSAGES).noneMatch(BulkResult::hasError);
    assertThat(results.subList(0, BEFORE)).isEqualTo(first);
    assertThat(results.stream().map(BulkResult::getMessageId).distinct()).hasSize(MESSAGES);
    StatusCount all =
        StatusCount.newBuilder()
            .setStatus(MessageStatus.MESSAGE_STATUS_ACCEPTED)
            .setCount(MESSAGES)
            .build();
    Eventually.until("all are counted", () -> progress(gateway).equals(List.of(all)));
  }

  private List<BulkResult> upload(Gateway gateway) throws Exception {
    CompletableFuture<List<BulkResult>> answer = new CompletableFuture<>();
    StreamObserver<SendMessagesRequest> call =
        gateway.messagingStreams().sendMessages(new Answer(answer));
    for (int index = 0; index < MESSAGES; index += 1_000) {
      call.onNext(
          SendMessagesRequest.newBuilder()
              .setInstanceId(instance)
              .setBulkId(bulk)
              .addAllItems(items.subList(index, index + 1_000))
              .build());
    }
    call.onCompleted();
    return answer.get(60, TimeUnit.SECONDS);
  }

  private List<StatusCount> progress(Gateway gateway) {
    var request = GetBulkRequest.newBuilder().setInstanceId(instance).setBulkId(bulk).build();
    return Gateway.patiently(() -> gateway.messaging().getBulk(request).getCountsList());
  }

  private record Answer(CompletableFuture<List<BulkResult>> to)
      implements StreamObserver<SendMessagesResponse> {
    @Override
    public void onNext(SendMessagesResponse response) {
      to.complete(response.getResultsList());
    }

    @Override
    public void onError(Throwable refusal) {
      to.completeExceptionally(refusal);
    }

    @Override
    public void onCompleted() {
      // The results are there already.
    }
  }
}
