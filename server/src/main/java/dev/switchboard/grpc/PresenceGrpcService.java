package dev.switchboard.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.api.v1.GetPresenceRequest;
import dev.switchboard.api.v1.GetPresenceResponse;
import dev.switchboard.api.v1.ListPresenceSubscriptionsRequest;
import dev.switchboard.api.v1.ListPresenceSubscriptionsResponse;
import dev.switchboard.api.v1.PresenceServiceGrpc.PresenceServiceImplBase;
import dev.switchboard.api.v1.SetPresenceRequest;
import dev.switchboard.api.v1.SetPresenceResponse;
import dev.switchboard.api.v1.SubscribePresenceRequest;
import dev.switchboard.api.v1.SubscribePresenceResponse;
import dev.switchboard.api.v1.UnsubscribePresenceRequest;
import dev.switchboard.api.v1.UnsubscribePresenceResponse;
import dev.switchboard.contract.PageToken;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.presence.PresenceMapper;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.call.Unary;
import dev.switchboard.grpc.sending.Digests;
import dev.switchboard.instance.PresenceWishes;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.PresenceWish;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Presence over gRPC. */
public final class PresenceGrpcService extends PresenceServiceImplBase {
  private static final String LIST = "presences";

  private final PresenceWishes presences;
  private final RequestLedger ledger;

  public PresenceGrpcService(PresenceWishes presences, RequestLedger ledger) {
    this.presences = presences;
    this.ledger = ledger;
  }

  @Override
  public void getPresence(GetPresenceRequest request, StreamObserver<GetPresenceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    Unary.answer(
        answer,
        () -> {
          PresenceWish wish = presences.find(key);
          return GetPresenceResponse.newBuilder()
              .setPresence(PresenceMapper.toContract(wish.online()))
              .setSubscriptionCount(wish.followed().size())
              .build();
        });
  }

  @Override
  public void setPresence(SetPresenceRequest request, StreamObserver<SetPresenceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    boolean online = PresenceMapper.toModel(request.getPresence());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          presences.appear(key, online);
          return SetPresenceResponse.getDefaultInstance();
        });
  }

  @Override
  public void subscribePresence(
      SubscribePresenceRequest request, StreamObserver<SubscribePresenceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    Peer person = PeerMapper.toModel(request.getPeer(), "peer");
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            SubscribePresenceResponse.newBuilder()
                .setPeer(PeerMapper.toContract(presences.follow(key, person)))
                .build());
  }

  @Override
  public void unsubscribePresence(
      UnsubscribePresenceRequest request, StreamObserver<UnsubscribePresenceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    Peer person = PeerMapper.toModel(request.getPeer(), "peer");
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          presences.unfollow(key, person);
          return UnsubscribePresenceResponse.getDefaultInstance();
        });
  }

  @Override
  public void listPresenceSubscriptions(
      ListPresenceSubscriptionsRequest request,
      StreamObserver<ListPresenceSubscriptionsResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    int size = Pages.size(request.getPageSize());
    String after = PageToken.decode(LIST, request.getPageToken());
    Unary.answer(answer, () -> page(presences.find(key), after, size));
  }

  private static ListPresenceSubscriptionsResponse page(PresenceWish wish, String after, int size) {
    List<Peer> found =
        wish.followed().stream()
            .filter(person -> key(person).compareTo(after) > 0)
            .sorted(Comparator.comparing(PresenceGrpcService::key))
            .limit(size + 1L)
            .toList();
    Pages<Peer> page = Pages.of(found, size, LIST, PresenceGrpcService::key);
    return ListPresenceSubscriptionsResponse.newBuilder()
        .addAllPeers(page.items().stream().map(PeerMapper::toContract).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  /** A token of a page must not hold a phone number: it may turn up in a log of addresses. */
  private static String key(Peer person) {
    return HexFormat.of().formatHex(Digests.sha256(person.canonical().getBytes(UTF_8)));
  }
}
