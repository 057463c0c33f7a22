package dev.switchboard.grpc;

import dev.switchboard.api.v1.BatchSendMessagesRequest;
import dev.switchboard.api.v1.BatchSendMessagesResponse;
import dev.switchboard.api.v1.BulkItem;
import dev.switchboard.api.v1.CancelMessageRequest;
import dev.switchboard.api.v1.CancelMessageResponse;
import dev.switchboard.api.v1.GetBulkRequest;
import dev.switchboard.api.v1.GetBulkResponse;
import dev.switchboard.api.v1.GetMessageRequest;
import dev.switchboard.api.v1.GetMessageResponse;
import dev.switchboard.api.v1.ListMessagesRequest;
import dev.switchboard.api.v1.ListMessagesResponse;
import dev.switchboard.api.v1.MessagingServiceGrpc.MessagingServiceImplBase;
import dev.switchboard.api.v1.RescheduleMessageRequest;
import dev.switchboard.api.v1.RescheduleMessageResponse;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.SendMessageResponse;
import dev.switchboard.api.v1.SendMessagesRequest;
import dev.switchboard.api.v1.SendMessagesResponse;
import dev.switchboard.api.v1.StreamMessagesRequest;
import dev.switchboard.api.v1.StreamMessagesResponse;
import dev.switchboard.contract.MessageMapper;
import dev.switchboard.contract.PageToken;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.SendMapper;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.call.Unary;
import dev.switchboard.grpc.event.EventViews;
import dev.switchboard.grpc.event.MessageView;
import dev.switchboard.grpc.sending.BulkStream;
import dev.switchboard.grpc.sending.BulkUpload;
import dev.switchboard.grpc.sending.QueueMapper;
import dev.switchboard.grpc.sending.SendCall;
import dev.switchboard.history.History;
import dev.switchboard.history.MessagePage;
import dev.switchboard.history.MessageQuery;
import dev.switchboard.instance.Instances;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.outbox.Bulks;
import dev.switchboard.outbox.Outbox;
import dev.switchboard.outbox.control.QueueControl;
import io.grpc.stub.StreamObserver;
import java.time.Instant;

/** Messages over gRPC. */
public final class MessagingGrpcService extends MessagingServiceImplBase {
  /** The most that a page of messages may weigh, so that every client takes it: half of 4 MiB. */
  static final int PAGE_LIMIT_BYTES = 2 << 20;

  private static final String LIST = "messages";

  private final Instances instances;
  private final Outbox outbox;
  private final SendCall sending;
  private final History history;
  private final Bulks bulks;
  private final QueueControl queues;
  private final RequestLedger ledger;
  private final EventViews views;
  private final long bulkBytes;

  /**
   * @param bulkBytes how much one stream of a bulk may weigh
   */
  public MessagingGrpcService(
      Instances instances,
      Outbox outbox,
      Bulks bulks,
      QueueControl queues,
      History history,
      RequestLedger ledger,
      EventViews views,
      long bulkBytes) {
    this.instances = instances;
    this.outbox = outbox;
    this.sending = new SendCall(outbox);
    this.history = history;
    this.bulks = bulks;
    this.queues = queues;
    this.ledger = ledger;
    this.views = views;
    this.bulkBytes = bulkBytes;
  }

  @Override
  public void sendMessage(SendMessageRequest request, StreamObserver<SendMessageResponse> answer) {
    Instance instance = instances.find(Caller.current().account(request.getInstanceId()));
    Unary.answer(answer, () -> sending.send(instance, request));
  }

  @Override
  public StreamObserver<SendMessagesRequest> sendMessages(
      StreamObserver<SendMessagesResponse> answer) {
    Caller caller = Caller.current();
    return new BulkStream((instance, bulk) -> upload(caller, instance, bulk, 0), bulkBytes, answer);
  }

  @Override
  public void batchSendMessages(
      BatchSendMessagesRequest request, StreamObserver<BatchSendMessagesResponse> answer) {
    if (request.getItemsCount() < 1 || request.getItemsCount() > Bulks.GROUP) {
      throw GatewayException.invalidField("items", "must be 1 to " + Bulks.GROUP);
    }
    BulkUpload upload =
        upload(
            Caller.current(),
            request.getInstanceId(),
            request.getBulkId(),
            request.getFirstIndex());
    Unary.answer(
        answer,
        () -> {
          for (BulkItem item : request.getItemsList()) {
            upload.add(item);
          }
          return BatchSendMessagesResponse.newBuilder().addAllResults(upload.finish()).build();
        });
  }

  private BulkUpload upload(Caller caller, String instanceId, String bulkId, int first) {
    return new BulkUpload(bulks, instances.find(caller.account(instanceId)), bulkId, first);
  }

  @Override
  public void getBulk(GetBulkRequest request, StreamObserver<GetBulkResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    Unary.answer(
        answer,
        () -> {
          outbox.awaitStored();
          return BulkUpload.progress(history.countBulk(account, request.getBulkId()));
        });
  }

  @Override
  public void cancelMessage(
      CancelMessageRequest request, StreamObserver<CancelMessageResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    MessageId id = new MessageId(request.getMessageId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            CancelMessageResponse.newBuilder()
                .setMessage(MessageMapper.toContract(queues.cancel(account, id)))
                .build());
  }

  @Override
  public void rescheduleMessage(
      RescheduleMessageRequest request, StreamObserver<RescheduleMessageResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    MessageId id = new MessageId(request.getMessageId());
    Instant time = SendMapper.time(request.hasNotBefore(), request.getNotBefore(), "not_before");
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> QueueMapper.rescheduled(queues.reschedule(account, id, time)));
  }

  @Override
  public void getMessage(GetMessageRequest request, StreamObserver<GetMessageResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    MessageId id = new MessageId(request.getMessageId());
    Unary.answer(
        answer,
        () -> {
          outbox.awaitStored();
          return GetMessageResponse.newBuilder()
              .setMessage(MessageMapper.toContract(found(account, id)))
              .build();
        });
  }

  @Override
  public void listMessages(
      ListMessagesRequest request, StreamObserver<ListMessagesResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    Peer chat = request.hasChat() ? PeerMapper.toModel(request.getChat(), "chat") : null;
    MessageQuery query =
        new MessageQuery(
            account,
            chat,
            MessageMapper.toModel(request.getDirection()),
            MessageMapper.toModel(request.getStatus()),
            PageToken.decodeNumber(LIST, request.getPageToken()),
            Pages.size(request.getPageSize()));
    Unary.answer(
        answer,
        () -> {
          outbox.awaitStored();
          return page(query);
        });
  }

  @Override
  public void streamMessages(
      StreamMessagesRequest request, StreamObserver<StreamMessagesResponse> answer) {
    String id = request.getInstanceId();
    if (!id.isEmpty()) {
      var _ = found(id);
    }
    views.serve(Caller.current(), id, request.getCursor(), new MessageView(), answer);
  }

  /** The caller's own instance, which must exist. */
  private AccountKey found(String instanceId) {
    return instances.find(Caller.current().account(instanceId)).key();
  }

  private Message found(AccountKey account, MessageId id) {
    return history
        .find(account, id)
        .orElseThrow(() ->
            new GatewayException(
                Reason.MESSAGE_NOT_FOUND, "the instance has no message of this id"));
  }

  /** Shrinks the page until it is light enough; a single message always is. */
  private ListMessagesResponse page(MessageQuery query) {
    MessagePage page = history.list(query);
    var answer =
        ListMessagesResponse.newBuilder()
            .addAllMessages(page.messages().stream().map(MessageMapper::toContract).toList());
    if (page.next() != null) {
      answer.setNextPageToken(new PageToken(LIST, page.next().toString()).encode());
    }
    ListMessagesResponse whole = answer.build();
    return whole.getSerializedSize() > PAGE_LIMIT_BYTES && query.limit() > 1
        ? page(query.withLimit(query.limit() / 2))
        : whole;
  }
}
