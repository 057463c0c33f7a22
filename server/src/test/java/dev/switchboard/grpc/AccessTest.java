package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.Role;
import dev.switchboard.api.v1.CreateApiKeyRequest;
import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.CreateTenantRequest;
import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.ListApiKeysRequest;
import dev.switchboard.api.v1.ListInstancesRequest;
import dev.switchboard.api.v1.ListTenantsRequest;
import dev.switchboard.api.v1.Network;
import dev.switchboard.api.v1.RevokeApiKeyRequest;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.StreamMessagesRequest;
import dev.switchboard.grpc.call.MethodRoles;
import dev.switchboard.model.TenantId;
import io.grpc.MethodDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest extends ApiTest {
  private static final GetInstanceRequest DESK =
      GetInstanceRequest.newBuilder().setInstanceId("desk").build();

  @Test
  void everyMethodHasARole() {
    assertThat(gateway.services().definitions()).isNotEmpty();
    for (var service : gateway.services().definitions()) {
      for (MethodDescriptor<?, ?> method : service.getServiceDescriptor().getMethods()) {
        assertThat(MethodRoles.needed(method)).as(method.getFullMethodName()).isPresent();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer sbk_0", "Basic YTpi", "sbk_", "Bearer  "})
  void refusesAMalformedKey(String authorization) {
    var stub =
        ApiClient.with(
            InstanceServiceGrpc.newBlockingV2Stub(channel), "authorization", authorization);
    assertThat(reason(() -> stub.getInstance(DESK))).isEqualTo("UNAUTHENTICATED UNAUTHENTICATED");
  }

  @Test
  void asksForTheKeyBeforeItTellsWhatExistsOrWhatIsWrong() throws Exception {
    create("desk");
    var keyless = InstanceServiceGrpc.newBlockingV2Stub(channel);
    var absent = GetInstanceRequest.newBuilder().setInstanceId("absent").build();
    var invalid = GetInstanceRequest.getDefaultInstance();
    for (var request : new GetInstanceRequest[] {DESK, absent, invalid}) {
      assertThat(reason(() -> keyless.getInstance(request)))
          .isEqualTo("UNAUTHENTICATED UNAUTHENTICATED");
    }
    var unknown = new ApiClient(channel, "sbk_" + "0".repeat(64));
    assertThat(reason(() -> unknown.instances().getInstance(DESK)))
        .isEqualTo("UNAUTHENTICATED UNAUTHENTICATED");
  }

  @Test
  void blocksNoPlatformThread() throws Exception {
    create("desk");
    assertThat(gateway.blockedPlatformThread()).isFalse();
  }

  @Test
  void hidesAnotherTenantsInstances() throws Exception {
    create("desk");
    var stranger = client(TestGateway.OTHER, Role.ADMINISTRATOR);
    assertThat(reason(() -> stranger.instances().getInstance(DESK)))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
    assertThat(
            stranger
                .instances()
                .listInstances(ListInstancesRequest.getDefaultInstance())
                .getInstancesList())
        .isEmpty();
    assertThat(
            reason(() ->
                ApiClient.with(stranger.instances(), "switchboard-tenant", "default")
                    .getInstance(DESK)))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
  }

  @Test
  void aKeyOfTheWholeGatewayWorksInTheTenantItNames() throws Exception {
    var elsewhere = ApiClient.with(administrator.instances(), "switchboard-tenant", "other");
    elsewhere.createInstance(
        CreateInstanceRequest.newBuilder()
            .setInstanceId("desk")
            .setNetwork(Network.NETWORK_SANDBOX)
            .build());
    assertThat(elsewhere.getInstance(DESK).getInstance().getInstanceId()).isEqualTo("desk");
    assertThat(reason(() -> administrator.instances().getInstance(DESK)))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
  }

  @Test
  void letsEachRoleDoWhatItMay() throws Exception {
    create("desk");
    var reader = client(TenantId.DEFAULT, Role.READER);
    var operator = client(TenantId.DEFAULT, Role.OPERATOR);
    assertThat(reader.instances().getInstance(DESK).hasInstance()).isTrue();
    assertThat(reason(() -> reader.messages().sendMessage(SendMessageRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
    assertThat(
            reason(() -> operator.messages().sendMessage(SendMessageRequest.getDefaultInstance())))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(
            reason(() ->
                operator.instances().createInstance(CreateInstanceRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
    assertThat(reason(() -> operator.access().listApiKeys(ListApiKeysRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
  }

  @Test
  void keepsAStreamFromWhoMayNot() throws Exception {
    var stream =
        new ApiClient(channel, "sbk_")
            .messages()
            .streamMessages(StreamMessagesRequest.getDefaultInstance());
    assertThat(reason(stream::read)).isEqualTo("UNAUTHENTICATED UNAUTHENTICATED");
  }

  @Test
  void tellsANewSecretOnceAndRevokesIt() throws Exception {
    var created =
        administrator
            .access()
            .createApiKey(
                CreateApiKeyRequest.newBuilder()
                    .setTenantId("other")
                    .setDisplayName("desk")
                    .setRole(dev.switchboard.api.v1.Role.ROLE_READER)
                    .build());
    var fresh = new ApiClient(channel, created.getSecret());
    fresh.instances().listInstances(ListInstancesRequest.getDefaultInstance());
    var listed =
        administrator
            .access()
            .listApiKeys(ListApiKeysRequest.newBuilder().setTenantId("other").build());
    assertThat(listed.getApiKeysList()).containsExactly(created.getApiKey());
    assertThat(listed.toString()).doesNotContain(created.getSecret());
    var revocation =
        RevokeApiKeyRequest.newBuilder()
            .setTenantId("other")
            .setApiKeyId(created.getApiKey().getApiKeyId())
            .build();
    administrator.access().revokeApiKey(revocation);
    assertThat(
            reason(
                () -> fresh.instances().listInstances(ListInstancesRequest.getDefaultInstance())))
        .isEqualTo("UNAUTHENTICATED UNAUTHENTICATED");
  }

  @Test
  void keepsTenantAdministratorsWithinTheirTenant() {
    var local = client(TestGateway.OTHER, Role.ADMINISTRATOR).access();
    var key = CreateApiKeyRequest.newBuilder().setRole(dev.switchboard.api.v1.Role.ROLE_READER);
    assertThat(reason(() -> local.createApiKey(key.clone().setTenantId("default").build())))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
    assertThat(reason(() -> local.createApiKey(key.clone().setWholeGateway(true).build())))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
    assertThat(reason(() -> local.createTenant(CreateTenantRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
    assertThat(reason(() -> local.listTenants(ListTenantsRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
  }

  @Test
  void createsTenantsUnderGivenAndOwnIds() throws Exception {
    var access = administrator.access();
    var named = CreateTenantRequest.newBuilder().setTenantId("acme").build();
    assertThat(access.createTenant(named).getTenant().getTenantId()).isEqualTo("acme");
    assertThat(reason(() -> access.createTenant(named))).isEqualTo("ALREADY_EXISTS TENANT_EXISTS");
    var unnamed = access.createTenant(CreateTenantRequest.getDefaultInstance()).getTenant();
    assertThat(access.listTenants(ListTenantsRequest.getDefaultInstance()).getTenantsList())
        .extracting(dev.switchboard.api.v1.Tenant::getTenantId)
        .contains("acme", "default", "other", unnamed.getTenantId());
    var firstPage = access.listTenants(ListTenantsRequest.newBuilder().setPageSize(1).build());
    assertThat(firstPage.getTenantsCount()).isEqualTo(1);
    assertThat(firstPage.getNextPageToken()).isNotEmpty();
  }

  @Test
  void refusesKeysOfTenantsThatAreNot() {
    var request =
        CreateApiKeyRequest.newBuilder()
            .setTenantId("nowhere")
            .setRole(dev.switchboard.api.v1.Role.ROLE_READER)
            .build();
    assertThat(reason(() -> administrator.access().createApiKey(request)))
        .isEqualTo("NOT_FOUND TENANT_NOT_FOUND");
    var revocation = RevokeApiKeyRequest.newBuilder().setApiKeyId("0").build();
    assertThat(reason(() -> administrator.access().revokeApiKey(revocation)))
        .isEqualTo("NOT_FOUND API_KEY_NOT_FOUND");
  }
}
