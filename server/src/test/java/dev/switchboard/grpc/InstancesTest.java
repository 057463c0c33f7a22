package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.detail;
import static dev.switchboard.grpc.ApiClient.reason;
import static dev.switchboard.grpc.ApiClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import dev.switchboard.api.v1.AppStateTrouble;
import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.DeleteInstanceRequest;
import dev.switchboard.api.v1.GetInstanceHealthRequest;
import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.ListInstancesRequest;
import dev.switchboard.api.v1.LogOutInstanceRequest;
import dev.switchboard.api.v1.Network;
import dev.switchboard.api.v1.PairInstanceRequest;
import dev.switchboard.api.v1.StartInstanceRequest;
import dev.switchboard.api.v1.StateCause;
import dev.switchboard.api.v1.StopInstanceRequest;
import dev.switchboard.api.v1.WatchInstancesRequest;
import dev.switchboard.api.v1.WatchInstancesResponse.EventCase;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InstancesTest extends ApiTest {
  private static final CreateInstanceRequest DESK =
      CreateInstanceRequest.newBuilder()
          .setInstanceId("desk")
          .setNetwork(Network.NETWORK_SANDBOX)
          .setDisplayName("Front desk")
          .build();

  @Test
  void createsUnderAGivenIdOnce() throws Exception {
    var created = administrator.instances().createInstance(DESK).getInstance();
    assertThat(created.getInstanceId()).isEqualTo("desk");
    assertThat(created.getState()).isEqualTo(InstanceState.INSTANCE_STATE_NOT_STARTED);
    assertThat(created.hasAccount()).isFalse();
    assertThat(reason(() -> administrator.instances().createInstance(DESK)))
        .isEqualTo("ALREADY_EXISTS INSTANCE_EXISTS");
  }

  @Test
  void choosesAnIdWhereNoneIsGiven() throws Exception {
    var request = DESK.toBuilder().clearInstanceId().build();
    var one = administrator.instances().createInstance(request).getInstance();
    var other = administrator.instances().createInstance(request).getInstance();
    assertThat(one.getInstanceId()).matches("[a-z][a-z0-9]{9}").isNotEqualTo(other.getInstanceId());
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    var status =
        refusal(() ->
            administrator
                .instances()
                .createInstance(
                    CreateInstanceRequest.newBuilder()
                        .setInstanceId("NOT GOOD")
                        .setDisplayName("x".repeat(129))
                        .setRequestId("1")
                        .build()));
    assertThat(reason(status)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(detail(status, BadRequest.class).getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyInAnyOrder("instance_id", "network", "display_name", "request_id");
  }

  @Test
  void refusesANetworkThatIsNotServed() {
    var request = DESK.toBuilder().setNetwork(Network.NETWORK_WHATSAPP).build();
    assertThat(reason(() -> administrator.instances().createInstance(request)))
        .isEqualTo("FAILED_PRECONDITION NETWORK_UNAVAILABLE");
  }

  @Test
  void answersARepeatedRequestAsTheFirst() throws Exception {
    var request =
        DESK.toBuilder().clearInstanceId().setRequestId(UUID.randomUUID().toString()).build();
    var first = administrator.instances().createInstance(request);
    assertThat(administrator.instances().createInstance(request)).isEqualTo(first);
    var other = request.toBuilder().setDisplayName("other").build();
    assertThat(reason(() -> administrator.instances().createInstance(other)))
        .isEqualTo("ALREADY_EXISTS REQUEST_ID_REUSED");
  }

  @Test
  void refusesNewRequestIdsAtTheLimit() throws Exception {
    var request = DESK.toBuilder().clearInstanceId();
    for (int used = 0; used < TestGateway.LEDGER_LIMIT; used++) {
      administrator
          .instances()
          .createInstance(request.setRequestId(UUID.randomUUID().toString()).build());
    }
    var status =
        refusal(() ->
            administrator
                .instances()
                .createInstance(request.setRequestId(UUID.randomUUID().toString()).build()));
    assertThat(reason(status)).isEqualTo("RESOURCE_EXHAUSTED REQUEST_IDS_EXHAUSTED");
    assertThat(detail(status, RetryInfo.class).getRetryDelay().getSeconds()).isPositive();
  }

  @Test
  void pagesById() throws Exception {
    for (String id : new String[] {"c", "a", "b"}) {
      create(id);
    }
    var two = ListInstancesRequest.newBuilder().setPageSize(2).build();
    var first = administrator.instances().listInstances(two);
    var second =
        administrator
            .instances()
            .listInstances(two.toBuilder().setPageToken(first.getNextPageToken()).build());
    assertThat(first.getInstancesList())
        .extracting(dev.switchboard.api.v1.Instance::getInstanceId)
        .containsExactly("a", "b");
    assertThat(second.getInstancesList())
        .extracting(dev.switchboard.api.v1.Instance::getInstanceId)
        .containsExactly("c");
    assertThat(second.getNextPageToken()).isEmpty();
    var foreign = two.toBuilder().setPageToken("bm9uc2Vuc2U").build();
    assertThat(reason(() -> administrator.instances().listInstances(foreign)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void tellsTheEvidenceByWhichAnInstanceIsJudged() throws Exception {
    create("desk");
    var ask = GetInstanceHealthRequest.newBuilder().setInstanceId("desk").build();
    var before = administrator.instances().getInstanceHealth(ask).getHealth();
    assertThat(before.getState()).isEqualTo(InstanceState.INSTANCE_STATE_NOT_STARTED);
    assertThat(before.hasLastFrameTime()).isFalse();
    var steps = administrator.instances().pairInstance(pair("desk"));
    assertThat(steps.read().hasQr()).isTrue();
    phone("desk").scan();
    awaitState("desk", InstanceState.INSTANCE_STATE_READY);
    var after = administrator.instances().getInstanceHealth(ask).getHealth();
    assertThat(after.getLastFrameTime().getSeconds())
        .isEqualTo(ScriptedNetwork.HEARD.getEpochSecond());
    assertThat(after.getLastAnswerTime().getSeconds())
        .isEqualTo(ScriptedNetwork.HEARD.getEpochSecond() - 5);
    assertThat(after.getRoundTrip())
        .isEqualTo(com.google.protobuf.Duration.newBuilder().setNanos(40_000_000).build());
    assertThat(after.hasOldestUnacknowledgedTime()).isTrue();
    assertThat(after.getAppStateTroublesList())
        .containsExactly(
            AppStateTrouble.newBuilder()
                .setCollection("regular")
                .setLasting(true)
                .setDetail("PATCH_MAC")
                .build());
    assertThat(after.getReconnectCount()).isEqualTo(1); // The one that follows a pairing.
    var unknown = GetInstanceHealthRequest.newBuilder().setInstanceId("nobody").build();
    assertThat(reason(() -> administrator.instances().getInstanceHealth(unknown)))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
  }

  @Test
  void pairsByQrCodeAndLogsOut() throws Exception {
    create("desk");
    var steps = administrator.instances().pairInstance(pair("desk"));
    var qr = steps.read().getQr();
    assertThat(qr.getText()).isEqualTo("2@code");
    assertThat(qr.getPng().substring(1, 4).toStringUtf8()).isEqualTo("PNG");
    assertThat(qr.hasExpireTime()).isTrue();
    phone("desk").scan();
    assertThat(steps.read().getPaired().getPeer().getPhoneNumber()).isEqualTo("+15550001111");
    assertThat(steps.read()).isNull();
    awaitState("desk", InstanceState.INSTANCE_STATE_READY);
    var again = administrator.instances().pairInstance(pair("desk"));
    assertThat(reason(again::read)).isEqualTo("FAILED_PRECONDITION INSTANCE_ALREADY_LINKED");
    var out =
        administrator
            .instances()
            .logOutInstance(LogOutInstanceRequest.newBuilder().setInstanceId("desk").build());
    assertThat(out.getInstance().getState()).isEqualTo(InstanceState.INSTANCE_STATE_LOGGED_OUT);
    assertThat(out.getInstance().hasAccount()).isFalse();
  }

  @Test
  void pairsByCodeAndRefusesToMix() throws Exception {
    create("desk");
    var byCode = pair("desk").toBuilder().setPhoneNumber("+15550001111").build();
    var steps = administrator.instances().pairInstance(byCode);
    var code = steps.read().getCode();
    assertThat(code.getText()).isEqualTo("ABCD-EFGH");
    assertThat(code.hasExpireTime()).isTrue();
    var joined = administrator.instances().pairInstance(byCode);
    assertThat(joined.read().getCode()).isEqualTo(code);
    var scanned = administrator.instances().pairInstance(pair("desk"));
    assertThat(reason(scanned::read)).isEqualTo("FAILED_PRECONDITION PAIRING_UNDER_WAY");
    var other =
        administrator
            .instances()
            .pairInstance(byCode.toBuilder().setPhoneNumber("+15550002222").build());
    assertThat(reason(other::read)).isEqualTo("FAILED_PRECONDITION PAIRING_UNDER_WAY");
    phone("desk").scan();
    assertThat(steps.read().getPaired().getPeer().getPhoneNumber()).isEqualTo("+15550001111");
    assertThat(joined.read().hasPaired()).isTrue();
  }

  @Test
  void refusesAPhoneNumberThatIsNone() throws Exception {
    create("desk");
    for (String number : List.of("15550001111", "+0555000111", "+1555000111122334", "+1 555")) {
      var steps =
          administrator
              .instances()
              .pairInstance(pair("desk").toBuilder().setPhoneNumber(number).build());
      assertThat(reason(steps::read)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    }
  }

  @Test
  void endsAPairingThatNobodyScans() throws Exception {
    create("desk");
    var steps = administrator.instances().pairInstance(pair("desk"));
    steps.read();
    phone("desk").expire();
    assertThat(steps.read().getFailed().getCause())
        .isEqualTo(StateCause.STATE_CAUSE_PAIRING_EXPIRED);
    assertThat(steps.read()).isNull();
  }

  @Test
  void startsAndStopsWhatIsLinkedOnly() throws Exception {
    create("bare");
    var start = StartInstanceRequest.newBuilder().setInstanceId("bare").build();
    assertThat(reason(() -> administrator.instances().startInstance(start)))
        .isEqualTo("FAILED_PRECONDITION INSTANCE_NOT_LINKED");
    createLinked("desk");
    var stopped =
        administrator
            .instances()
            .stopInstance(StopInstanceRequest.newBuilder().setInstanceId("desk").build());
    assertThat(stopped.getInstance().getState())
        .isEqualTo(InstanceState.INSTANCE_STATE_NOT_STARTED);
    var logOut = LogOutInstanceRequest.newBuilder().setInstanceId("desk").build();
    assertThat(reason(() -> administrator.instances().logOutInstance(logOut)))
        .isEqualTo("FAILED_PRECONDITION INSTANCE_NOT_READY");
    administrator.instances().startInstance(start.toBuilder().setInstanceId("desk").build());
    awaitState("desk", InstanceState.INSTANCE_STATE_READY);
  }

  @Test
  void watchesFromTheCurrentStatesOn() throws Exception {
    create("desk");
    var events =
        administrator.instances().watchInstances(WatchInstancesRequest.getDefaultInstance());
    assertThat(events.read().getCurrent().getInstanceId()).isEqualTo("desk");
    assertThat(events.read().getEventCase()).isEqualTo(EventCase.CURRENT_STATES_SENT);
    create("shop");
    var created = events.read().getChanged();
    assertThat(created.getInstance().getInstanceId()).isEqualTo("shop");
    assertThat(created.getPreviousState()).isEqualTo(InstanceState.INSTANCE_STATE_UNSPECIFIED);
    administrator.instances().pairInstance(pair("shop"));
    var pending = events.read().getChanged();
    assertThat(pending.getInstance().getState()).isEqualTo(InstanceState.INSTANCE_STATE_PENDING);
    assertThat(pending.getInstance().getStateCause())
        .isEqualTo(StateCause.STATE_CAUSE_PAIRING_STARTED);
    assertThat(pending.getPreviousState()).isEqualTo(InstanceState.INSTANCE_STATE_NOT_STARTED);
    administrator
        .instances()
        .deleteInstance(DeleteInstanceRequest.newBuilder().setInstanceId("desk").build());
    assertThat(events.read().getDeleted().getInstanceId()).isEqualTo("desk");
  }

  @Test
  void tellsAReachoutLockAndShowsItToWhoComesLater() throws Exception {
    createLinked("desk");
    var request = WatchInstancesRequest.getDefaultInstance();
    var early = administrator.instances().watchInstances(request);
    assertThat(early.read().getCurrent().hasReachoutLock()).isFalse();
    assertThat(early.read().getEventCase()).isEqualTo(EventCase.CURRENT_STATES_SENT);

    phone("desk").lock();

    var told = early.read().getReachoutLockChanged();
    assertThat(told.getInstanceId()).isEqualTo("desk");
    assertThat(told.getReachoutLock().getStartTime().getSeconds())
        .isEqualTo(ScriptedNetwork.HEARD.getEpochSecond());
    assertThat(told.getReachoutLock().getEndTime().getSeconds())
        .isEqualTo(ScriptedNetwork.LOCK_END.getEpochSecond());
    var late = administrator.instances().watchInstances(request);
    assertThat(late.read().getCurrent().getReachoutLock()).isEqualTo(told.getReachoutLock());
  }

  @Test
  void refusesToWatchWhatIsNot() throws Exception {
    var request = WatchInstancesRequest.newBuilder().setInstanceId("absent").build();
    var events = administrator.instances().watchInstances(request);
    assertThat(reason(events::read)).isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
  }

  @Test
  void tellsAnOutageOfTheDatabase() {
    gateway.instanceStore.outage().begin();
    var request = GetInstanceRequest.newBuilder().setInstanceId("desk").build();
    assertThat(reason(() -> administrator.instances().getInstance(request)))
        .isEqualTo("UNAVAILABLE STORAGE_UNAVAILABLE");
  }

  @Test
  void answersHealthAndReflectionWithoutAKey() throws Exception {
    var health = HealthGrpc.newBlockingV2Stub(channel);
    var service =
        HealthCheckRequest.newBuilder().setService("switchboard.v1.InstanceService").build();
    assertThat(health.check(service).getStatus())
        .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    server.drain();
    assertThat(health.check(service).getStatus())
        .isEqualTo(HealthCheckResponse.ServingStatus.NOT_SERVING);
    var reflection = ServerReflectionGrpc.newBlockingV2Stub(channel).serverReflectionInfo();
    reflection.write(ServerReflectionRequest.newBuilder().setListServices("*").build());
    assertThat(reflection.read().getListServicesResponse().toString())
        .contains("switchboard.v1.InstanceService", "switchboard.v1.MessagingService");
  }

  private static PairInstanceRequest pair(String id) {
    return PairInstanceRequest.newBuilder().setInstanceId(id).build();
  }
}
