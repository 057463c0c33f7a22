package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.InMemoryApiKeyStore;
import dev.switchboard.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final TenantId ACME = new TenantId("acme");

  private final InMemoryApiKeyStore store = new InMemoryApiKeyStore();
  private final ManualClock clock = new ManualClock();
  private final ApiKeys keys = new ApiKeys(store, clock, new SecureRandom());

  @Test
  void keepsNothingOfSecretButItsHash() throws Exception {
    ApiKeys.Issued issued = keys.issue(ACME, Role.OPERATOR, "shop", null);
    assertThat(issued.secret()).matches("sbk_[0-9a-f]{64}");
    assertThat(issued.key().id()).matches("[0-9a-f]{16}");
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(issued.secret().getBytes(StandardCharsets.US_ASCII));
    assertThat(store.hashes()).containsExactly(HexFormat.of().formatHex(hash));
    assertThat(issued.toString()).doesNotContain(issued.secret());
    assertThat(issued.key().toString()).doesNotContain(issued.secret().substring(4));
  }

  @Test
  void issuesNewSecretEveryTime() {
    Set<String> secrets = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      secrets.add(keys.issue(null, Role.READER, "", null).secret());
    }
    assertThat(secrets).hasSize(1_000);
  }

  @Test
  void knowsWhoShowsSecret() {
    ApiKeys.Issued issued = keys.issue(ACME, Role.OPERATOR, "shop", null);
    Principal principal = keys.authenticate(issued.secret());
    assertThat(principal).isEqualTo(new Principal(issued.key().id(), ACME, Role.OPERATOR));
  }

  @Test
  void issuesTheFirstKeyOnlyOnceEvenWhenItIsRevoked() {
    ApiKeys.Issued first = keys.issueFirst().orElseThrow();
    assertThat(first.key().role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(first.key().tenant()).isNull();
    assertThat(keys.issueFirst()).isEmpty();
    keys.revoke(null, first.key().id());
    assertThat(keys.issueFirst()).isEmpty();
  }

  @Test
  void expiresAtExactlyItsTime() {
    ApiKeys.Issued issued =
        keys.issue(null, Role.READER, "", clock.instant().plus(Duration.ofHours(1)));
    clock.advance(Duration.ofHours(1).minusNanos(1));
    keys.authenticate(issued.secret());
    clock.advance(Duration.ofNanos(1));
    assertThat(refusal(issued.secret()).reason()).isEqualTo(Reason.UNAUTHENTICATED);
  }

  @Test
  void refusesToIssueWhatHasExpired() {
    GatewayException refusal =
        catchThrowableOfType(
            GatewayException.class, () -> keys.issue(null, Role.READER, "", clock.instant()));
    assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
    assertThat(refusal.field()).contains("expire_time");
    assertThat(store.anyExists()).isFalse();
  }

  @Test
  void revokesOnlyWithinTheTenant() {
    ApiKeys.Issued issued = keys.issue(ACME, Role.READER, "", null);
    String id = issued.key().id();
    assertNoSuchKey(null, id);
    assertNoSuchKey(TenantId.DEFAULT, id);
    keys.authenticate(issued.secret());
    keys.revoke(ACME, id);
    assertThat(refusal(issued.secret()).reason()).isEqualTo(Reason.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sbk_", "sbk_123", "secret", "sbk_é", "SBK_", "'; drop table key"})
  void refusesEveryWrongKeyWithOneText(String wrong) {
    ApiKeys.Issued revoked = keys.issue(null, Role.READER, "", null);
    keys.revoke(null, revoked.key().id());
    ApiKeys.Issued good = keys.issue(null, Role.READER, "", null);
    String text = String.valueOf(refusal("sbk_" + "0".repeat(64)).getMessage());
    assertThat(refusal(wrong)).hasMessage(text);
    assertThat(refusal(revoked.secret())).hasMessage(text);
    assertThat(refusal(good.secret() + "0")).hasMessage(text);
    assertThat(refusal(good.secret() + "\n")).hasMessage(text);
    assertThat(refusal(" " + good.secret())).hasMessage(text);
    assertThat(refusal(good.secret().toUpperCase(Locale.ROOT))).hasMessage(text);
  }

  private GatewayException refusal(String secret) {
    return catchThrowableOfType(GatewayException.class, () -> keys.authenticate(secret));
  }

  private void assertNoSuchKey(@Nullable TenantId tenant, String id) {
    assertThat(catchThrowableOfType(GatewayException.class, () -> keys.revoke(tenant, id)).reason())
        .isEqualTo(Reason.API_KEY_NOT_FOUND);
  }
}
