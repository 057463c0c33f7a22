package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.detail;
import static dev.switchboard.grpc.ApiClient.reason;
import static dev.switchboard.grpc.ApiClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.rpc.RetryInfo;
import dev.switchboard.access.Role;
import dev.switchboard.api.v1.Profile;
import dev.switchboard.api.v1.StopInstanceRequest;
import dev.switchboard.api.v1.UpdateProfileRequest;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest extends ApiTest {
  private static final String LONGEST = "\u00e9".repeat(25);

  @Test
  void givesTheOwnerAnotherName() throws Exception {
    createLinked("desk");

    var answer = administrator.instances().updateProfile(named("desk", LONGEST));

    assertThat(answer.getProfile().getPushName()).isEqualTo(LONGEST);
    assertThat(account("desk").names).containsExactly(LONGEST);
  }

  @Test
  void doesARepeatedRequestOnce() throws Exception {
    createLinked("desk");
    var request =
        named("desk", "Ada").toBuilder().setRequestId(UUID.randomUUID().toString()).build();

    var first = administrator.instances().updateProfile(request);

    assertThat(administrator.instances().updateProfile(request)).isEqualTo(first);
    assertThat(account("desk").names).containsExactly("Ada");
    var other = request.toBuilder().setProfile(Profile.newBuilder().setPushName("Grace")).build();
    assertThat(reason(() -> administrator.instances().updateProfile(other)))
        .isEqualTo("ALREADY_EXISTS REQUEST_ID_REUSED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two\nlines", "abcdefghijklmnopqrstuvwxyz"})
  void refusesWhatIsNoName(String name) throws Exception {
    createLinked("desk");
    assertThat(reason(() -> administrator.instances().updateProfile(named("desk", name))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(account("desk").names).isEmpty();
  }

  @Test
  void changesOnlyWhatItCan() throws Exception {
    createLinked("desk");
    assertThat(
            reason(() ->
                administrator.instances().updateProfile(masked(named("desk", "Ada"), "picture"))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    var everything = masked(named("desk", "Ada"), "*");
    assertThat(administrator.instances().updateProfile(everything).hasProfile()).isTrue();
  }

  @Test
  void needsALinkedAndConnectedInstanceWhoseEngineCan() throws Exception {
    assertThat(reason(() -> administrator.instances().updateProfile(named("nobody", "Ada"))))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
    create("bare");
    assertThat(reason(() -> administrator.instances().updateProfile(named("bare", "Ada"))))
        .isEqualTo("FAILED_PRECONDITION INSTANCE_NOT_LINKED");
    createLinked(ScriptedNetwork.PLAIN);
    assertThat(
            reason(
                () -> administrator.instances().updateProfile(named(ScriptedNetwork.PLAIN, "Ada"))))
        .isEqualTo("UNIMPLEMENTED CAPABILITY_UNSUPPORTED");
    createLinked("desk");
    var _ =
        administrator
            .instances()
            .stopInstance(StopInstanceRequest.newBuilder().setInstanceId("desk").build());
    assertThat(reason(() -> administrator.instances().updateProfile(named("desk", "Ada"))))
        .isEqualTo("FAILED_PRECONDITION INSTANCE_NOT_READY");
  }

  @Test
  void tellsWhatTheNetworkMadeOfIt() throws Exception {
    createLinked("desk");
    account("desk").refusal = new GatewayException(Reason.NETWORK_REFUSED, "code 400");
    assertThat(reason(() -> administrator.instances().updateProfile(named("desk", "Ada"))))
        .isEqualTo("FAILED_PRECONDITION NETWORK_REFUSED");
    account("desk").refusal =
        GatewayException.retryable(Reason.OUTCOME_UNKNOWN, "late", Duration.ofSeconds(10), null);
    var status = refusal(() -> administrator.instances().updateProfile(named("desk", "Ada")));
    assertThat(reason(status)).isEqualTo("UNAVAILABLE OUTCOME_UNKNOWN");
    assertThat(detail(status, RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(10);
  }

  @Test
  void isForAdministrators() throws Exception {
    createLinked("desk");
    var operator = client(TenantId.DEFAULT, Role.OPERATOR);
    assertThat(reason(() -> operator.instances().updateProfile(named("desk", "Ada"))))
        .startsWith("PERMISSION_DENIED");
  }

  private ScriptedNetwork.NamedAccount account(String id) {
    return (ScriptedNetwork.NamedAccount) phone(id);
  }

  private static UpdateProfileRequest named(String id, String name) {
    return UpdateProfileRequest.newBuilder()
        .setInstanceId(id)
        .setProfile(Profile.newBuilder().setPushName(name))
        .build();
  }

  private static UpdateProfileRequest masked(UpdateProfileRequest request, String path) {
    return request.toBuilder().setUpdateMask(FieldMask.newBuilder().addPaths(path)).build();
  }
}
