package dev.switchboard.grpc;

import com.google.protobuf.Message;
import dev.switchboard.api.v1.ClearQueueRequest;
import dev.switchboard.api.v1.ClearQueueResponse;
import dev.switchboard.api.v1.GetQueueStatisticsRequest;
import dev.switchboard.api.v1.GetQueueStatisticsResponse;
import dev.switchboard.api.v1.ListDeadLettersRequest;
import dev.switchboard.api.v1.ListDeadLettersResponse;
import dev.switchboard.api.v1.ListQueuedMessagesRequest;
import dev.switchboard.api.v1.ListQueuedMessagesResponse;
import dev.switchboard.api.v1.PauseQueueRequest;
import dev.switchboard.api.v1.PauseQueueResponse;
import dev.switchboard.api.v1.QueueServiceGrpc.QueueServiceImplBase;
import dev.switchboard.api.v1.QueueStatistics;
import dev.switchboard.api.v1.RequeueMessagesRequest;
import dev.switchboard.api.v1.RequeueMessagesResponse;
import dev.switchboard.api.v1.RequeueResult;
import dev.switchboard.api.v1.ResumeQueueRequest;
import dev.switchboard.api.v1.ResumeQueueResponse;
import dev.switchboard.contract.MessageMapper;
import dev.switchboard.contract.PageToken;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.call.Unary;
import dev.switchboard.grpc.sending.ItemErrorMapper;
import dev.switchboard.grpc.sending.QueueMapper;
import dev.switchboard.history.MessagePage;
import dev.switchboard.instance.Instances;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.control.QueueControl;
import dev.switchboard.outbox.control.QueuedMessage;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queues over gRPC. */
public final class QueueGrpcService extends QueueServiceImplBase {
  private static final String LIST = "queue";
  private static final String DEAD_LETTERS = "dead-letters";

  private final Instances instances;
  private final QueueControl control;
  private final RequestLedger ledger;

  public QueueGrpcService(Instances instances, QueueControl control, RequestLedger ledger) {
    this.instances = instances;
    this.control = control;
    this.ledger = ledger;
  }

  @Override
  public void listQueuedMessages(
      ListQueuedMessagesRequest request, StreamObserver<ListQueuedMessagesResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    Long after = PageToken.decodeNumber(LIST, request.getPageToken());
    int size = Pages.size(request.getPageSize());
    Unary.answer(
        answer,
        () -> {
          control.catchUp();
          return page(account, after == null ? Long.MIN_VALUE : after, size);
        });
  }

  @Override
  public void getQueueStatistics(
      GetQueueStatisticsRequest request, StreamObserver<GetQueueStatisticsResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    Unary.answer(
        answer,
        () -> {
          control.catchUp();
          return GetQueueStatisticsResponse.newBuilder().setStatistics(statistics(account)).build();
        });
  }

  @Override
  public void pauseQueue(PauseQueueRequest request, StreamObserver<PauseQueueResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          control.pause(account);
          return PauseQueueResponse.newBuilder().setStatistics(statistics(account)).build();
        });
  }

  @Override
  public void resumeQueue(ResumeQueueRequest request, StreamObserver<ResumeQueueResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          control.resume(account);
          return ResumeQueueResponse.newBuilder().setStatistics(statistics(account)).build();
        });
  }

  @Override
  public void clearQueue(ClearQueueRequest request, StreamObserver<ClearQueueResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> ClearQueueResponse.newBuilder().setCancelled(control.clear(account)).build());
  }

  @Override
  public void listDeadLetters(
      ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    Long before = PageToken.decodeNumber(DEAD_LETTERS, request.getPageToken());
    int size = Pages.size(request.getPageSize());
    Unary.answer(answer, () -> deadLetters(account, before, size));
  }

  @Override
  public void requeueMessages(
      RequeueMessagesRequest request, StreamObserver<RequeueMessagesResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    List<MessageId> ids = request.getMessageIdsList().stream().map(MessageId::new).toList();
    ledger.answer(request.getRequestId(), request, answer, () -> requeue(account, ids));
  }

  private RequeueMessagesResponse requeue(AccountKey account, List<MessageId> ids)
      throws InterruptedException {
    var results = RequeueMessagesResponse.newBuilder();
    for (MessageId id : ids) {
      var result = RequeueResult.newBuilder().setMessageId(id.value());
      try {
        control.requeue(account, id);
      } catch (GatewayException e) {
        result.setError(ItemErrorMapper.toContract(e));
      }
      results.addResults(result);
    }
    return results.build();
  }

  /** Shrinks the page until it is light enough; a single message always is. */
  private ListQueuedMessagesResponse page(AccountKey account, long after, int size) {
    List<QueuedMessage> found = control.list(account, after, size + 1);
    List<QueuedMessage> shown = found.subList(0, Math.min(size, found.size()));
    var answer =
        ListQueuedMessagesResponse.newBuilder()
            .addAllMessages(shown.stream().map(QueueMapper::toContract).toList());
    if (found.size() > size) {
      String last = Long.toString(shown.getLast().order());
      answer.setNextPageToken(new PageToken(LIST, last).encode());
    }
    ListQueuedMessagesResponse whole = answer.build();
    return tooHeavy(whole) && size > 1 ? page(account, after, size / 2) : whole;
  }

  private ListDeadLettersResponse deadLetters(AccountKey account, @Nullable Long before, int size)
      throws InterruptedException {
    MessagePage page = control.deadLetters(account, before, size);
    var answer =
        ListDeadLettersResponse.newBuilder()
            .addAllMessages(page.messages().stream().map(MessageMapper::toContract).toList());
    if (page.next() != null) {
      answer.setNextPageToken(new PageToken(DEAD_LETTERS, page.next().toString()).encode());
    }
    ListDeadLettersResponse whole = answer.build();
    return tooHeavy(whole) && size > 1 ? deadLetters(account, before, size / 2) : whole;
  }

  private static boolean tooHeavy(Message page) {
    return page.getSerializedSize() > MessagingGrpcService.PAGE_LIMIT_BYTES;
  }

  private QueueStatistics statistics(AccountKey account) {
    return QueueMapper.toContract(control.statistics(account));
  }

  /** The caller's own instance, which must exist. */
  private AccountKey found(String instanceId) {
    return instances.find(Caller.current().account(instanceId)).key();
  }
}
