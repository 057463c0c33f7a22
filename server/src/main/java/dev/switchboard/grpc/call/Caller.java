package dev.switchboard.grpc.call;

import dev.switchboard.access.ApiKeys;
import dev.switchboard.access.Principal;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import io.grpc.Context;

/** Who makes the call that is being served, and the tenant that it works in. */
public final class Caller {
  static final Context.Key<Caller> KEY = Context.key("caller");

  private final Principal principal;
  private final TenantId tenant;
  private final ApiKeys keys;
  private final String secret;

  Caller(Principal principal, TenantId tenant, ApiKeys keys, String secret) {
    this.principal = principal;
    this.tenant = tenant;
    this.keys = keys;
    this.secret = secret;
  }

  /** The caller of the call that this thread serves. */
  public static Caller current() {
    Caller caller = KEY.get();
    if (caller == null) {
      throw new IllegalStateException("the call passed no authentication");
    }
    return caller;
  }

  public Principal principal() {
    return principal;
  }

  public TenantId tenant() {
    return tenant;
  }

  /** The caller's own instance of this id. */
  public AccountKey account(String instanceId) {
    return new AccountKey(tenant, new InstanceId(instanceId));
  }

  /**
   * Refuses when the key has become worthless since the call began, as happens to long streams.
   * Storage that does not answer now is no reason to end them.
   */
  public void recheck() {
    try {
      keys.authenticate(secret);
    } catch (GatewayException e) {
      if (e.reason() == Reason.UNAUTHENTICATED) {
        throw e;
      }
    }
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "Caller[" + principal.keyId() + " in " + tenant + "]";
  }
}
