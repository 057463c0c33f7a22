package dev.switchboard.access;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling.
 *
 * @param keyId the id of the key that was shown, safe to log
 * @param tenant the only tenant the key is good for, or null for a key of the whole gateway
 */
public record Principal(String keyId, @Nullable TenantId tenant, Role role) {
  /**
   * The tenant that a call works in: the key's own, or for a key of the whole gateway the one it
   * asked for, otherwise the default tenant.
   */
  public TenantId tenantFor(Optional<TenantId> asked) {
    if (tenant == null) {
      return asked.orElse(TenantId.DEFAULT);
    }
    if (asked.isPresent() && !asked.get().equals(tenant)) {
      throw new GatewayException(
          Reason.PERMISSION_DENIED, "the key is not good for the tenant it asked for");
    }
    return tenant;
  }

  /** Refuses the call unless the role includes the one needed. */
  public void require(Role needed) {
    if (!role.includes(needed)) {
      throw new GatewayException(
          Reason.PERMISSION_DENIED, "the key's role does not allow this; it needs " + needed);
    }
  }

  /** Refuses the call unless the key is an administrator's of the whole gateway. */
  public void requireWholeGateway() {
    require(Role.ADMINISTRATOR);
    if (tenant != null) {
      throw new GatewayException(
          Reason.PERMISSION_DENIED, "only an administrator of the whole gateway may do this");
    }
  }
}
