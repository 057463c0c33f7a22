package dev.switchboard.grpc.call;

import dev.switchboard.access.ApiKeys;
import dev.switchboard.access.Principal;
import dev.switchboard.access.Role;
import dev.switchboard.model.TenantId;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;

/**
 * Lets a call in only with a good key and a role that suffices. This comes before the request is
 * looked at, so that nobody learns what exists without a key.
 */
public final class AccessInterceptor implements ServerInterceptor {
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> TENANT =
      Metadata.Key.of("switchboard-tenant", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "Bearer ";

  private final ApiKeys keys;

  public AccessInterceptor(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Role needed =
        MethodRoles.needed(call.getMethodDescriptor())
            .orElseThrow(() -> new IllegalStateException("a method without a role"));
    String secret = secret(headers);
    Principal principal = keys.authenticate(secret);
    TenantId tenant = principal.tenantFor(askedTenant(headers));
    principal.require(needed);
    Caller caller = new Caller(principal, tenant, keys, secret);
    Context context = Context.current().withValue(Caller.KEY, caller);
    return Contexts.interceptCall(context, call, headers, next);
  }

  /** Whether it shows a key that is known without asking storage. */
  public boolean knows(Metadata headers) {
    return keys.knows(secret(headers));
  }

  /** What stands behind the scheme; anything else is refused as any wrong secret is. */
  private static String secret(Metadata headers) {
    String value = headers.get(AUTHORIZATION);
    boolean bearer = value != null && value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer ? value.substring(SCHEME.length()).strip() : "";
  }

  private static Optional<TenantId> askedTenant(Metadata headers) {
    return Optional.ofNullable(headers.get(TENANT)).map(TenantId::new);
  }
}
