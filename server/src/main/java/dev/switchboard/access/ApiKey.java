package dev.switchboard.access;

import dev.switchboard.model.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an API key; the secret is not.
 *
 * @param id 16 hex digits, public
 * @param tenant the only tenant it is good for, or null for the whole gateway
 * @param name free text of at most 128 characters, for people
 */
public record ApiKey(
    String id,
    @Nullable TenantId tenant,
    Role role,
    String name,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  /** Whether it opens anything at this time. */
  public boolean validAt(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }
}
