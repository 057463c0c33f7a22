package dev.switchboard.access;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Issues, checks and revokes API keys.
 *
 * <p>A secret is {@code sbk_} and 64 hex digits: 256 random bits, so a plain SHA-256 is enough to
 * keep it by; there is nothing to guess.
 */
public final class ApiKeys {
  private static final String PREFIX = "sbk_";
  private static final int SECRET_BYTES = 32;

  private final ApiKeyStore store;
  private final InstantSource clock;
  private final SecureRandom random;

  public ApiKeys(ApiKeyStore store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /** A key that was just issued; the secret is told this once. */
  public record Issued(ApiKey key, String secret) {
    /** Hides the secret. */
    @Override
    public String toString() {
      return "Issued[" + key.id() + "]";
    }
  }

  /** Issues the first administrator's key of a fresh installation, or nothing on later starts. */
  public Optional<Issued> issueFirst() {
    return store.anyExists()
        ? Optional.empty()
        : Optional.of(issue(null, Role.ADMINISTRATOR, "first administrator", null));
  }

  /**
   * Issues a key.
   *
   * @param tenant the only tenant it will be good for, or null for the whole gateway
   * @param expiresAt when it stops working, or null for never
   */
  public Issued issue(
      @Nullable TenantId tenant, Role role, String name, @Nullable Instant expiresAt) {
    Instant now = clock.instant();
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw GatewayException.invalidField("expire_time", "must be in the future");
    }
    String secret = PREFIX + randomHex(SECRET_BYTES);
    ApiKey key = new ApiKey(randomHex(8), tenant, role, name, now, expiresAt, null);
    store.insert(key, hash(secret));
    return new Issued(key, secret);
  }

  /**
   * Who shows this secret.
   *
   * @throws GatewayException UNAUTHENTICATED, with one text for every way to be wrong
   */
  public Principal authenticate(String secret) {
    if (!isSecret(secret)) {
      throw unauthenticated();
    }
    ApiKey key = store.findByHash(hash(secret)).orElseThrow(ApiKeys::unauthenticated);
    if (!key.validAt(clock.instant())) {
      throw unauthenticated();
    }
    return new Principal(key.id(), key.tenant(), key.role());
  }

  /** Whether the secret was found good before, and storage need not be asked for it. */
  public boolean knows(String secret) {
    return isSecret(secret) && store.remembers(hash(secret));
  }

  /** Whether it looks like one. Without a regular expression: every call asks. */
  private static boolean isSecret(String text) {
    boolean secret = text.length() == PREFIX.length() + 2 * SECRET_BYTES && text.startsWith(PREFIX);
    for (int i = PREFIX.length(); secret && i < text.length(); i++) {
      char digit = text.charAt(i);
      secret = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
    }
    return secret;
  }

  public List<ApiKey> list(@Nullable TenantId tenant, String after, int limit) {
    return store.list(tenant, after, limit);
  }

  /** Makes the key worthless from now on. */
  public void revoke(@Nullable TenantId tenant, String id) {
    if (!store.revoke(tenant, id, clock.instant())) {
      throw new GatewayException(Reason.API_KEY_NOT_FOUND, "there is no such API key");
    }
  }

  private String randomHex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  private static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static GatewayException unauthenticated() {
    return new GatewayException(
        Reason.UNAUTHENTICATED,
        "send a valid API key in the header 'authorization: Bearer sbk_...'");
  }
}
