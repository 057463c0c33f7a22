package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.BatchSendMessagesRequest;
import dev.switchboard.api.v1.BulkItem;
import dev.switchboard.api.v1.BulkResult;
import dev.switchboard.api.v1.ErrorReason;
import dev.switchboard.api.v1.GetBulkRequest;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessagesRequest;
import dev.switchboard.api.v1.SendMessagesResponse;
import dev.switchboard.api.v1.StatusCount;
import dev.switchboard.api.v1.StopInstanceRequest;
import dev.switchboard.api.v1.TextContent;
import io.grpc.stub.BlockingClientCall;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many messages at once, each on its own terms. */
class BulkTest extends ApiTest {
  private final String bulk = UUID.randomUUID().toString();

  @Test
  void tellsOfEachMessageWhatBecameOfItAndAnswersARepeatAsAtFirst() throws Exception {
    createLinked("desk");
    stopDesk();
    List<BulkItem> items =
        List.of(
            item("a"),
            item("b").toBuilder().setTo(Peer.newBuilder().setPhoneNumber("nobody")).build(),
            item("c"),
            item(""),
            item("d").toBuilder().setTo(Peer.newBuilder().setJid("123@g.us")).build());
    List<BulkResult> results = upload(items.subList(0, 2), items.subList(2, 5));
    assertThat(results)
        .extracting(result -> result.getError().getReason())
        .containsExactly(
            ErrorReason.ERROR_REASON_UNSPECIFIED,
            ErrorReason.ERROR_REASON_INVALID_FIELD,
            ErrorReason.ERROR_REASON_UNSPECIFIED,
            ErrorReason.ERROR_REASON_INVALID_FIELD,
            ErrorReason.ERROR_REASON_CAPABILITY_UNSUPPORTED);
    assertThat(results.get(1).getError().getField()).isEqualTo("to.phone_number");
    assertThat(upload(items)).isEqualTo(results);
    assertThat(progress())
        .containsExactly(
            StatusCount.newBuilder()
                .setStatus(MessageStatus.MESSAGE_STATUS_ACCEPTED)
                .setCount(2)
                .build());
  }

  @Test
  void acceptsTheRestOfABulkThatWasCutOff() throws Exception {
    createLinked("desk");
    stopDesk();
    List<BulkItem> items = IntStream.range(0, 4).mapToObj(i -> item("text " + i)).toList();
    List<BulkResult> first = batch(0, items.subList(0, 2));
    List<BulkResult> all = upload(items);
    assertThat(all.subList(0, 2)).isEqualTo(first);
    assertThat(all).extracting(BulkResult::getMessageId).doesNotContain("").doesNotHaveDuplicates();
    assertThat(batch(2, items.subList(2, 4))).isEqualTo(all.subList(2, 4));
    assertThat(batch(3, items.subList(2, 3)).getFirst().getError().getReason())
        .isEqualTo(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED);
  }

  @Test
  void acceptsNoMoreThanTheQueueTakes() throws Exception {
    createLinked("desk");
    stopDesk();
    List<BulkItem> items =
        IntStream.range(0, TestGateway.QUEUE_LIMIT + 2).mapToObj(i -> item("text " + i)).toList();
    List<BulkResult> results = upload(items);
    assertThat(results.subList(0, TestGateway.QUEUE_LIMIT)).noneMatch(BulkResult::hasError);
    assertThat(results.subList(TestGateway.QUEUE_LIMIT, items.size()))
        .extracting(result -> result.getError().getReason())
        .containsOnly(ErrorReason.ERROR_REASON_QUEUE_FULL);
  }

  @Test
  void refusesAStreamThatWeighsTooMuch() throws Exception {
    createLinked("desk");
    stopDesk();
    List<BulkItem> heavy = Collections.nCopies(14, item("x".repeat(64_000)));
    assertThat(upload(heavy, heavy)).hasSize(28);
    assertThat(reason(() -> upload(heavy, heavy, heavy)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void refusesWhatIsNoBulk() throws Exception {
    create("desk");
    assertThat(reason(() -> upload(List.of(item("x")))))
        .isEqualTo("FAILED_PRECONDITION INSTANCE_NOT_LINKED");
    assertThat(reason(this::progress)).isEqualTo("NOT_FOUND BULK_NOT_FOUND");
    assertThat(reason(() -> batch(0, List.of()))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(reason(() -> batch(9_999, List.of(item("x"), item("y")))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    var nameless = administrator.messages().sendMessages();
    nameless.write(SendMessagesRequest.newBuilder().addItems(item("x")).build());
    assertThat(reason(nameless::read)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  private void stopDesk() throws Exception {
    administrator
        .instances()
        .stopInstance(StopInstanceRequest.newBuilder().setInstanceId("desk").build());
  }

  @SafeVarargs
  private List<BulkResult> upload(List<BulkItem>... parts) throws Exception {
    BlockingClientCall<SendMessagesRequest, SendMessagesResponse> call =
        administrator.messages().sendMessages();
    for (List<BulkItem> part : parts) {
      call.write(
          SendMessagesRequest.newBuilder()
              .setInstanceId("desk")
              .setBulkId(bulk)
              .addAllItems(part)
              .build());
    }
    call.halfClose();
    return call.read().getResultsList();
  }

  private List<BulkResult> batch(int first, List<BulkItem> items) throws Exception {
    var request =
        BatchSendMessagesRequest.newBuilder()
            .setInstanceId("desk")
            .setBulkId(bulk)
            .setFirstIndex(first)
            .addAllItems(items)
            .build();
    return administrator.messages().batchSendMessages(request).getResultsList();
  }

  private List<StatusCount> progress() throws Exception {
    var request = GetBulkRequest.newBuilder().setInstanceId("desk").setBulkId(bulk).build();
    return administrator.messages().getBulk(request).getCountsList();
  }

  private static BulkItem item(String body) {
    return BulkItem.newBuilder()
        .setTo(Peer.newBuilder().setPhoneNumber("+15550001000"))
        .setText(TextContent.newBuilder().setText(body))
        .build();
  }
}
