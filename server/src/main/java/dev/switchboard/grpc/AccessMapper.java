package dev.switchboard.grpc;

import dev.switchboard.access.ApiKey;
import dev.switchboard.access.Role;
import dev.switchboard.access.TenantStore;
import dev.switchboard.contract.Times;
import dev.switchboard.model.GatewayException;

/** Keys and tenants as the contract writes them; here, since only this edge speaks of them. */
final class AccessMapper {
  private AccessMapper() {}

  static dev.switchboard.api.v1.ApiKey toContract(ApiKey key) {
    var contract =
        dev.switchboard.api.v1.ApiKey.newBuilder()
            .setApiKeyId(key.id())
            .setDisplayName(key.name())
            .setRole(toContract(key.role()))
            .setCreateTime(Times.toContract(key.createdAt()));
    if (key.tenant() != null) {
      contract.setTenantId(key.tenant().value());
    }
    if (key.expiresAt() != null) {
      contract.setExpireTime(Times.toContract(key.expiresAt()));
    }
    if (key.revokedAt() != null) {
      contract.setRevokeTime(Times.toContract(key.revokedAt()));
    }
    return contract.build();
  }

  static dev.switchboard.api.v1.Tenant toContract(TenantStore.Tenant tenant) {
    return dev.switchboard.api.v1.Tenant.newBuilder()
        .setTenantId(tenant.id().value())
        .setDisplayName(tenant.name())
        .setCreateTime(Times.toContract(tenant.createdAt()))
        .build();
  }

  static Role toModel(dev.switchboard.api.v1.Role role) {
    return switch (role) {
      case ROLE_READER -> Role.READER;
      case ROLE_OPERATOR -> Role.OPERATOR;
      case ROLE_ADMINISTRATOR -> Role.ADMINISTRATOR;
      case ROLE_UNSPECIFIED, UNRECOGNIZED ->
          throw GatewayException.invalidField("role", "must be a known role");
    };
  }

  private static dev.switchboard.api.v1.Role toContract(Role role) {
    return switch (role) {
      case READER -> dev.switchboard.api.v1.Role.ROLE_READER;
      case OPERATOR -> dev.switchboard.api.v1.Role.ROLE_OPERATOR;
      case ADMINISTRATOR -> dev.switchboard.api.v1.Role.ROLE_ADMINISTRATOR;
    };
  }
}
