package dev.switchboard.grpc;

import dev.switchboard.access.ApiKey;
import dev.switchboard.access.ApiKeys;
import dev.switchboard.access.TenantStore;
import dev.switchboard.api.v1.AccessServiceGrpc.AccessServiceImplBase;
import dev.switchboard.api.v1.CreateApiKeyRequest;
import dev.switchboard.api.v1.CreateApiKeyResponse;
import dev.switchboard.api.v1.CreateTenantRequest;
import dev.switchboard.api.v1.CreateTenantResponse;
import dev.switchboard.api.v1.ListApiKeysRequest;
import dev.switchboard.api.v1.ListApiKeysResponse;
import dev.switchboard.api.v1.ListTenantsRequest;
import dev.switchboard.api.v1.ListTenantsResponse;
import dev.switchboard.api.v1.RevokeApiKeyRequest;
import dev.switchboard.api.v1.RevokeApiKeyResponse;
import dev.switchboard.contract.PageToken;
import dev.switchboard.contract.Times;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.grpc.call.RequestLedger;
import dev.switchboard.grpc.call.Unary;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys and tenants over gRPC. */
public final class AccessGrpcService extends AccessServiceImplBase {
  private static final String KEYS = "keys";
  private static final String TENANTS = "tenants";

  private final ApiKeys keys;
  private final TenantStore tenants;
  private final RequestLedger ledger;
  private final RandomIds ids;
  private final InstantSource clock;

  public AccessGrpcService(
      ApiKeys keys, TenantStore tenants, RequestLedger ledger, RandomIds ids, InstantSource clock) {
    this.keys = keys;
    this.tenants = tenants;
    this.ledger = ledger;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void createApiKey(
      CreateApiKeyRequest request, StreamObserver<CreateApiKeyResponse> answer) {
    Caller caller = Caller.current();
    TenantId tenant = scope(caller, request.getTenantId(), request.getWholeGateway());
    ledger.answer(request.getRequestId(), request, answer, () -> issue(tenant, request));
  }

  @Override
  public void listApiKeys(ListApiKeysRequest request, StreamObserver<ListApiKeysResponse> answer) {
    TenantId tenant = scope(Caller.current(), request.getTenantId(), request.getWholeGateway());
    int size = Pages.size(request.getPageSize());
    String after = PageToken.decode(KEYS, request.getPageToken());
    Unary.answer(
        answer,
        () -> {
          var page = Pages.of(keys.list(tenant, after, size + 1), size, KEYS, ApiKey::id);
          return ListApiKeysResponse.newBuilder()
              .addAllApiKeys(page.items().stream().map(AccessMapper::toContract).toList())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void revokeApiKey(
      RevokeApiKeyRequest request, StreamObserver<RevokeApiKeyResponse> answer) {
    Caller caller = Caller.current();
    TenantId tenant = scope(caller, request.getTenantId(), request.getWholeGateway());
    ledger.answer(
        request.getRequestId(),
        request,
        answer,
        () -> {
          keys.revoke(tenant, request.getApiKeyId());
          return RevokeApiKeyResponse.getDefaultInstance();
        });
  }

  @Override
  public void createTenant(
      CreateTenantRequest request, StreamObserver<CreateTenantResponse> answer) {
    Caller caller = Caller.current();
    caller.principal().requireWholeGateway();
    ledger.answer(request.getRequestId(), request, answer, () -> create(request));
  }

  @Override
  public void listTenants(ListTenantsRequest request, StreamObserver<ListTenantsResponse> answer) {
    Caller.current().principal().requireWholeGateway();
    int size = Pages.size(request.getPageSize());
    String after = PageToken.decode(TENANTS, request.getPageToken());
    Unary.answer(
        answer,
        () -> {
          var found = tenants.list(after, size + 1);
          var page = Pages.of(found, size, TENANTS, tenant -> tenant.id().value());
          return ListTenantsResponse.newBuilder()
              .addAllTenants(page.items().stream().map(AccessMapper::toContract).toList())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  /** The tenant whose keys are meant, or null for those of the whole gateway. */
  private static @Nullable TenantId scope(Caller caller, String tenantId, boolean wholeGateway) {
    if (wholeGateway && !tenantId.isEmpty()) {
      throw GatewayException.invalidField("tenant_id", "must be empty with whole_gateway");
    }
    if (wholeGateway) {
      caller.principal().requireWholeGateway();
      return null;
    }
    return tenantId.isEmpty()
        ? caller.tenant()
        : caller.principal().tenantFor(Optional.of(new TenantId(tenantId)));
  }

  private CreateApiKeyResponse issue(@Nullable TenantId tenant, CreateApiKeyRequest request) {
    if (tenant != null && !tenants.exists(tenant)) {
      throw new GatewayException(Reason.TENANT_NOT_FOUND, "there is no such tenant");
    }
    Instant expiresAt = request.hasExpireTime() ? Times.toModel(request.getExpireTime()) : null;
    var issued =
        keys.issue(
            tenant, AccessMapper.toModel(request.getRole()), request.getDisplayName(), expiresAt);
    return CreateApiKeyResponse.newBuilder()
        .setApiKey(AccessMapper.toContract(issued.key()))
        .setSecret(issued.secret())
        .build();
  }

  private CreateTenantResponse create(CreateTenantRequest request) {
    TenantId id = new TenantId(ids.orNew(request.getTenantId()));
    var tenant = new TenantStore.Tenant(id, request.getDisplayName(), clock.instant());
    if (!tenants.insert(tenant)) {
      throw new GatewayException(Reason.TENANT_EXISTS, "the id is taken by another tenant");
    }
    return CreateTenantResponse.newBuilder().setTenant(AccessMapper.toContract(tenant)).build();
  }
}
