package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.detail;
import static dev.switchboard.grpc.ApiClient.reason;
import static dev.switchboard.grpc.ApiClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.rpc.BadRequest;
import dev.switchboard.access.Role;
import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.Instance;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.Network;
import dev.switchboard.api.v1.Proxy;
import dev.switchboard.api.v1.ProxyScheme;
import dev.switchboard.api.v1.UpdateInstanceRequest;
import dev.switchboard.model.TenantId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** CreateInstance and UpdateInstance: the name, and the proxy. */
class InstanceSettingsTest extends ApiTest {
  private static final Proxy GIVEN =
      Proxy.newBuilder()
          .setScheme(ProxyScheme.PROXY_SCHEME_SOCKS5)
          .setHost("proxy.example.com")
          .setPort(1080)
          .setUsername("customer-1")
          .setPassword("let me in")
          .build();
  private static final Proxy TOLD = GIVEN.toBuilder().clearPassword().setHasPassword(true).build();

  @Test
  void takesThePasswordAndNeverReturnsIt() throws Exception {
    var created = createWith(GIVEN);
    assertThat(created.getProxy()).isEqualTo(TOLD);
    assertThat(now().getProxy()).isEqualTo(TOLD);
    assertThat(stored()).hasToString("Proxy[SOCKS5]");
  }

  @Test
  void namesWhatIsWrongOfAProxy() {
    Proxy wrong =
        Proxy.newBuilder().setHost("not a host").setPort(70_000).setUsername("a:b").build();
    var status = refusal(() -> createWith(wrong));
    assertThat(reason(status)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(detail(status, BadRequest.class).getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .contains("proxy.scheme", "proxy.host", "proxy.port", "proxy.username", "proxy");
    assertThat(reason(() -> createWith(GIVEN.toBuilder().clearUsername().build())))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(reason(() -> createWith(GIVEN.toBuilder().setPort(0).build())))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void changesWhatTheMaskNames() throws Exception {
    createWith(GIVEN);
    Instance other = instance().setDisplayName("Back desk").build();

    assertThat(update(other, "display_name").getDisplayName()).isEqualTo("Back desk");
    assertThat(now().getProxy()).isEqualTo(TOLD);

    assertThat(update(instance().setProxy(http()).build(), "proxy").getProxy()).isEqualTo(http());
    assertThat(now().getDisplayName()).isEqualTo("Back desk");

    assertThat(update(instance().build(), "*"))
        .matches(changed -> !changed.hasProxy() && changed.getDisplayName().isEmpty());
  }

  @Test
  void takesTheProxyAwayOnlyWhenTheMaskSaysSo() throws Exception {
    createWith(GIVEN);

    assertThat(update(instance().setDisplayName("Back desk").build()).getProxy()).isEqualTo(TOLD);
    assertThat(update(instance().build(), "proxy").hasProxy()).isFalse();
    assertThat(now().hasProxy()).isFalse();
  }

  @Test
  void refusesAProxyThatWouldLoseItsPassword() throws Exception {
    createWith(GIVEN);
    Instance read = now();

    assertThat(reason(() -> update(read, "proxy"))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(update(read.toBuilder().setDisplayName("x").build(), "display_name").getProxy())
        .isEqualTo(TOLD);
  }

  @Test
  void refusesWhatCannotBeChanged() throws Exception {
    createWith(GIVEN);
    for (String path : List.of("network", "state", "proxy.password", "")) {
      var status = refusal(() -> update(instance().build(), path));
      assertThat(reason(status)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
      assertThat(detail(status, BadRequest.class).getFieldViolations(0).getField())
          .isEqualTo("update_mask");
    }
    assertThat(reason(() -> update(Instance.getDefaultInstance(), "proxy")))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(reason(() -> update(instance().setInstanceId("nobody").build(), "proxy")))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
  }

  @Test
  void needsAnAdministrator() throws Exception {
    createWith(GIVEN);
    var request = UpdateInstanceRequest.newBuilder().setInstance(instance()).build();
    assertThat(
            reason(
                () -> client(TenantId.DEFAULT, Role.OPERATOR).instances().updateInstance(request)))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
  }

  @Test
  void answersARepeatAsBeforeAndRefusesAnotherBody() throws Exception {
    createWith(GIVEN);
    var request =
        UpdateInstanceRequest.newBuilder()
            .setInstance(instance().setProxy(http()))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    var first = administrator.instances().updateInstance(request);
    update(instance().build(), "proxy");

    assertThat(administrator.instances().updateInstance(request)).isEqualTo(first);
    assertThat(now().hasProxy()).isFalse();
    var other = request.toBuilder().setInstance(instance().setProxy(GIVEN)).build();
    assertThat(reason(() -> administrator.instances().updateInstance(other)))
        .isEqualTo("ALREADY_EXISTS REQUEST_ID_REUSED");
  }

  @Test
  void keepsAConnectedInstanceConnectedOverAChange() throws Exception {
    createLinked("desk");

    update(instance().setProxy(GIVEN).build(), "proxy");

    awaitState("desk", InstanceState.INSTANCE_STATE_READY);
    assertThat(now().getProxy()).isEqualTo(TOLD);
  }

  private Instance createWith(Proxy proxy) throws Exception {
    return administrator
        .instances()
        .createInstance(
            CreateInstanceRequest.newBuilder()
                .setInstanceId("desk")
                .setNetwork(Network.NETWORK_SANDBOX)
                .setProxy(proxy)
                .build())
        .getInstance();
  }

  private Instance update(Instance instance, String... mask) throws Exception {
    var request = UpdateInstanceRequest.newBuilder().setInstance(instance);
    if (mask.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(mask)));
    }
    return administrator.instances().updateInstance(request.build()).getInstance();
  }

  private Instance now() throws Exception {
    return administrator
        .instances()
        .getInstance(GetInstanceRequest.newBuilder().setInstanceId("desk").build())
        .getInstance();
  }

  private Object stored() {
    return gateway.instanceStore.listAll(null, 1).getFirst().route();
  }

  private static Instance.Builder instance() {
    return Instance.newBuilder().setInstanceId("desk");
  }

  private static Proxy http() {
    return Proxy.newBuilder()
        .setScheme(ProxyScheme.PROXY_SCHEME_HTTP)
        .setHost("10.0.0.1")
        .setPort(3128)
        .build();
  }
}
