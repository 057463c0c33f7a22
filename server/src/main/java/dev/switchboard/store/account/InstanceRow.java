package dev.switchboard.store.account;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Peer;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import dev.switchboard.store.jooq.tables.records.InstanceRecord;
import org.jspecify.annotations.Nullable;

/** Between an instance and its row. */
final class InstanceRow {
  private final Encryption encryption;

  InstanceRow(Encryption encryption) {
    this.encryption = encryption;
  }

  InstanceRecord of(Instance instance) {
    var row = new InstanceRecord();
    row.setTenantId(instance.key().tenant().value());
    row.setId(instance.key().instance().value());
    row.setNetwork(instance.network().name());
    row.setDisplayName(instance.displayName());
    row.setProxy(sealRoute(instance.key(), instance.route()));
    row.setWanted(instance.wanted());
    row.setState(instance.state().name());
    row.setCause(instance.cause().name());
    row.setDetail(instance.detail());
    row.setUntil(instance.until());
    row.setOwn(seal(instance.key(), instance.own()));
    row.setCreatedAt(instance.createdAt());
    row.setStateChangedAt(instance.stateChangedAt());
    row.setPacing(pacing(instance.pacing()));
    return row;
  }

  Instance toInstance(InstanceRecord row) {
    var key = new AccountKey(new TenantId(row.getTenantId()), new InstanceId(row.getId()));
    return new Instance(
        key,
        Network.valueOf(row.getNetwork()),
        row.getDisplayName(),
        openRoute(key, row.getProxy()),
        row.getWanted(),
        InstanceState.valueOf(row.getState()),
        StateCause.valueOf(row.getCause()),
        row.getDetail(),
        row.getUntil(),
        open(key, row.getOwn()),
        row.getCreatedAt(),
        row.getStateChangedAt(),
        lock(row),
        pacing(row.getPacing()));
  }

  private static @Nullable ReachoutLock lock(InstanceRecord row) {
    return row.getReachoutLockSince() == null
        ? null
        : new ReachoutLock(row.getReachoutLockSince(), row.getReachoutLockUntil());
  }

  /** Nothing stands for what the network has by default. */
  static byte @Nullable [] pacing(@Nullable PacingPolicy policy) {
    return policy == null ? null : PacingBytes.encode(policy);
  }

  private static @Nullable PacingPolicy pacing(byte @Nullable [] policy) {
    return policy == null ? null : PacingBytes.decode(policy);
  }

  byte @Nullable [] seal(AccountKey key, @Nullable Peer own) {
    return own == null ? null : encryption.seal(PeerBytes.encode(own), place(key));
  }

  private @Nullable Peer open(AccountKey key, byte @Nullable [] own) {
    return own == null ? null : PeerBytes.decode(encryption.open(own, place(key)));
  }

  /** Nothing stands for the direct way. */
  byte @Nullable [] sealRoute(AccountKey key, Route route) {
    return switch (route) {
      case Route.Direct ignored -> null;
      case Proxy proxy -> encryption.seal(ProxyBytes.encode(proxy), proxyPlace(key));
    };
  }

  private Route openRoute(AccountKey key, byte @Nullable [] proxy) {
    return proxy == null
        ? new Route.Direct()
        : ProxyBytes.decode(encryption.open(proxy, proxyPlace(key)));
  }

  private static Place proxyPlace(AccountKey key) {
    return Place.of("instance", key.tenant().value(), key.instance().value(), "proxy");
  }

  private static Place place(AccountKey key) {
    return Place.of("instance", key.tenant().value(), key.instance().value());
  }
}
