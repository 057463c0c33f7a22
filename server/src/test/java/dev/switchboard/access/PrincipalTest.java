package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PrincipalTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");

  @Test
  void worksInTheKeysOwnTenantOnly() {
    Principal principal = new Principal("id", ACME, Role.ADMINISTRATOR);
    assertThat(principal.tenantFor(Optional.empty())).isEqualTo(ACME);
    assertThat(principal.tenantFor(Optional.of(ACME))).isEqualTo(ACME);
    assertDenied(() -> principal.tenantFor(Optional.of(OTHER)));
    assertDenied(() -> principal.tenantFor(Optional.of(TenantId.DEFAULT)));
  }

  @Test
  void worksInAnyTenantWithKeyOfTheWholeGateway() {
    Principal principal = new Principal("id", null, Role.READER);
    assertThat(principal.tenantFor(Optional.empty())).isEqualTo(TenantId.DEFAULT);
    assertThat(principal.tenantFor(Optional.of(OTHER))).isEqualTo(OTHER);
  }

  @Test
  void includesEveryLowerRoleAndNoHigherOne() {
    for (Role held : Role.values()) {
      for (Role needed : Role.values()) {
        Principal principal = new Principal("id", null, held);
        if (List.of(Role.values()).indexOf(held) >= List.of(Role.values()).indexOf(needed)) {
          assertThatCode(() -> principal.require(needed)).doesNotThrowAnyException();
        } else {
          assertDenied(() -> principal.require(needed));
        }
      }
    }
  }

  @Test
  void keepsTheWholeGatewayForItsAdministrators() {
    new Principal("id", null, Role.ADMINISTRATOR).requireWholeGateway();
    assertDenied(() -> new Principal("id", ACME, Role.ADMINISTRATOR).requireWholeGateway());
    assertDenied(() -> new Principal("id", null, Role.OPERATOR).requireWholeGateway());
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.PERMISSION_DENIED));
  }
}
