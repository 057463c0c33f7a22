package dev.switchboard.grpc;

import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.CreateInstanceResponse;
import dev.switchboard.api.v1.DeleteInstanceRequest;
import dev.switchboard.api.v1.DeleteInstanceResponse;
import dev.switchboard.api.v1.GetInstanceHealthRequest;
import dev.switchboard.api.v1.GetInstanceHealthResponse;
import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.GetInstanceResponse;
import dev.switchboard.api.v1.InstanceServiceGrpc.InstanceServiceImplBase;
import dev.switchboard.api.v1.ListInstancesRequest;
import dev.switchboard.api.v1.ListInstancesResponse;
import dev.switchboard.api.v1.LogOutInstanceRequest;
import dev.switchboard.api.v1.LogOutInstanceResponse;
import dev.switchboard.api.v1.PairInstanceRequest;
import dev.switchboard.api.v1.PairInstanceResponse;
import dev.switchboard.api.v1.StartInstanceRequest;
import dev.switchboard.api.v1.StartInstanceResponse;
import dev.switchboard.api.v1.StopInstanceRequest;
import dev.switchboard.api.v1.StopInstanceResponse;
import dev.switchboard.api.v1.UpdateInstanceRequest;
import dev.switchboard.api.v1.UpdateInstanceResponse;
import dev.switchboard.api.v1.UpdateProfileRequest;
import dev.switchboard.api.v1.UpdateProfileResponse;
import dev.switchboard.api.v1.WatchInstancesRequest;
import dev.switchboard.api.v1.WatchInstancesResponse;
import dev.switchboard.contract.HealthMapper;
import dev.switchboard.contract.InstanceMapper;
import dev.switchboard.contract.InstanceSettingsMapper;
import dev.switchboard.contract.PageToken;
import dev.switchboard.contract.PairingMapper;
import dev.switchboard.contract.ProfileMapper;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.EventStream;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.call.Unary;
import dev.switchboard.grpc.event.EventViews;
import dev.switchboard.instance.Instances;
import dev.switchboard.instance.pairing.PairingEvent;
import dev.switchboard.instance.pairing.Subscription;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.PairingMethod;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Instances over gRPC. */
public final class InstanceGrpcService extends InstanceServiceImplBase {
  private static final String LIST = "instances";

  private final Instances instances;
  private final RequestLedger ledger;
  private final EventViews views;
  private final RandomIds ids;

  public InstanceGrpcService(
      Instances instances, RequestLedger ledger, EventViews views, RandomIds ids) {
    this.instances = instances;
    this.ledger = ledger;
    this.views = views;
    this.ids = ids;
  }

  @Override
  public void createInstance(
      CreateInstanceRequest request, StreamObserver<CreateInstanceResponse> answer) {
    Caller caller = Caller.current();
    ledger.answer(request.getRequestId(), request, answer, () -> create(caller, request));
  }

  @Override
  public void updateInstance(
      UpdateInstanceRequest request, StreamObserver<UpdateInstanceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstance().getInstanceId());
    var change = InstanceSettingsMapper.change(request);
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            UpdateInstanceResponse.newBuilder()
                .setInstance(InstanceMapper.toContract(instances.update(key, change)))
                .build());
  }

  @Override
  public void updateProfile(
      UpdateProfileRequest request, StreamObserver<UpdateProfileResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    String name = ProfileMapper.pushName(request);
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          instances.rename(key, name);
          var profile = ProfileMapper.toContract(name);
          return UpdateProfileResponse.newBuilder().setProfile(profile).build();
        });
  }

  @Override
  public void getInstance(GetInstanceRequest request, StreamObserver<GetInstanceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    Unary.answer(
        answer,
        () ->
            GetInstanceResponse.newBuilder()
                .setInstance(InstanceMapper.toContract(instances.find(key)))
                .build());
  }

  @Override
  public void getInstanceHealth(
      GetInstanceHealthRequest request, StreamObserver<GetInstanceHealthResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    Unary.answer(
        answer,
        () -> {
          Instances.Health health = instances.health(key);
          return GetInstanceHealthResponse.newBuilder()
              .setHealth(
                  HealthMapper.toContract(
                      health.instance(), health.connection(), health.reconnects(), health.lock()))
              .build();
        });
  }

  @Override
  public void listInstances(
      ListInstancesRequest request, StreamObserver<ListInstancesResponse> answer) {
    Caller caller = Caller.current();
    int size = Pages.size(request.getPageSize());
    String after = PageToken.decode(LIST, request.getPageToken());
    Unary.answer(
        answer,
        () -> {
          List<Instance> found = instances.list(caller.tenant(), after, size + 1);
          var page = Pages.of(found, size, LIST, instance -> instance.key().instance().value());
          return ListInstancesResponse.newBuilder()
              .addAllInstances(page.items().stream().map(InstanceMapper::toContract).toList())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void deleteInstance(
      DeleteInstanceRequest request, StreamObserver<DeleteInstanceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          instances.delete(key);
          return DeleteInstanceResponse.getDefaultInstance();
        });
  }

  @Override
  public void startInstance(
      StartInstanceRequest request, StreamObserver<StartInstanceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            StartInstanceResponse.newBuilder()
                .setInstance(InstanceMapper.toContract(instances.start(key)))
                .build());
  }

  @Override
  public void stopInstance(
      StopInstanceRequest request, StreamObserver<StopInstanceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            StopInstanceResponse.newBuilder()
                .setInstance(InstanceMapper.toContract(instances.stop(key)))
                .build());
  }

  @Override
  public void logOutInstance(
      LogOutInstanceRequest request, StreamObserver<LogOutInstanceResponse> answer) {
    AccountKey key = Caller.current().account(request.getInstanceId());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () ->
            LogOutInstanceResponse.newBuilder()
                .setInstance(InstanceMapper.toContract(instances.logOut(key)))
                .build());
  }

  @Override
  public void pairInstance(
      PairInstanceRequest request, StreamObserver<PairInstanceResponse> answer) {
    Caller caller = Caller.current();
    AccountKey key = caller.account(request.getInstanceId());
    PairingMethod method = PairingMapper.method(request);
    Subscription<PairingEvent> events = Unary.run(() -> instances.pair(key, method));
    EventStream.serve(
        answer, events, stream -> stream.forward(events, caller, step -> pairing(stream, step)));
  }

  @Override
  public void watchInstances(
      WatchInstancesRequest request, StreamObserver<WatchInstancesResponse> answer) {
    Caller caller = Caller.current();
    String id = request.getInstanceId();
    if (!id.isEmpty()) {
      var _ = instances.find(caller.account(id));
    }
    InstanceWatch watch = new InstanceWatch(instances, caller, id);
    views.serve(caller, id, request.getCursor(), watch, answer);
  }

  private CreateInstanceResponse create(Caller caller, CreateInstanceRequest request) {
    Instance created =
        instances.create(
            caller.account(ids.orNew(request.getInstanceId())),
            InstanceMapper.toModel(request.getNetwork()),
            InstanceSettingsMapper.initial(request));
    return CreateInstanceResponse.newBuilder()
        .setInstance(InstanceMapper.toContract(created))
        .build();
  }

  private static boolean pairing(EventStream<PairInstanceResponse> stream, PairingEvent event)
      throws InterruptedException {
    return switch (event) {
      case PairingEvent.Qr qr -> {
        stream.write(PairingMapper.qr(qr.text(), qr.expiresAt()));
        yield true;
      }
      case PairingEvent.Code code -> {
        stream.write(PairingMapper.code(code.text(), code.expiresAt()));
        yield true;
      }
      case PairingEvent.Paired paired -> {
        stream.write(PairingMapper.paired(paired.own()));
        yield false;
      }
      case PairingEvent.Failed failed -> {
        stream.write(PairingMapper.failed(failed.cause(), failed.detail()));
        yield false;
      }
    };
  }
}
