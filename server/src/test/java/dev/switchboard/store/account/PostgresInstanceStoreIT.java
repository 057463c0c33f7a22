package dev.switchboard.store.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.access.TenantStore;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.instance.StateChange;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.QuietHours;
import dev.switchboard.model.pacing.Typing;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.encryption.KeyException;
import dev.switchboard.store.jooq.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class PostgresInstanceStoreIT {
  private Database database;
  private PostgresInstanceStore store;
  private AccountKey key;

  @BeforeEach
  void store(Database database) {
    this.database = database;
    store = new PostgresInstanceStore(database.transactions(), database.encryption());
    key = Accounts.key();
    store.insert(Accounts.instance(key));
  }

  @Test
  void findsWhatWasInserted() {
    assertThat(store.find(key)).contains(Accounts.instance(key));
    assertThat(store.find(Accounts.key())).isEmpty();
  }

  @Test
  void refusesIdThatIsTaken() {
    assertThat(refusal(key)).isEqualTo(Reason.INSTANCE_EXISTS);
  }

  @Test
  void refusesUnknownTenant() {
    assertThat(refusal(new AccountKey(new TenantId("nobody"), key.instance())))
        .isEqualTo(Reason.TENANT_NOT_FOUND);
  }

  @Test
  void storesTransition() {
    var until = Accounts.NOON.plusSeconds(60);
    store.transition(
        new StateChange(
            key,
            InstanceState.READY,
            InstanceState.AUTH_FAILED,
            StateCause.TEMPORARILY_BANNED,
            "60 s",
            until,
            Accounts.NOON.plusSeconds(5)));

    var found = store.find(key).orElseThrow();
    assertThat(found.state()).isEqualTo(InstanceState.AUTH_FAILED);
    assertThat(found.cause()).isEqualTo(StateCause.TEMPORARILY_BANNED);
    assertThat(found.detail()).isEqualTo("60 s");
    assertThat(found.until()).isEqualTo(until);
    assertThat(found.stateChangedAt()).isEqualTo(Accounts.NOON.plusSeconds(5));

    store.transition(change(null));
    assertThat(store.find(key).orElseThrow().until()).isNull();
  }

  @Test
  void ignoresTransitionOfDeletedInstance() {
    assertThat(store.delete(key)).isTrue();
    assertThat(store.delete(key)).isFalse();

    store.transition(change(null));

    assertThat(store.find(key)).isEmpty();
  }

  @Test
  void storesLinkEncryptedAndForgetsIt() {
    var own = new Peer(Accounts.phoneNumber(), Accounts.lid());
    store.link(key, own);
    store.want(key, true);

    assertThat(store.find(key).orElseThrow().own()).isEqualTo(own);
    assertThat(store.find(key).orElseThrow().wanted()).isTrue();
    assertThat(storedOwn()).doesNotContain(own.knownPhoneNumber().orElseThrow().digits());

    var records = store.records(key);
    var credentials = new RecordKey(RecordKind.CREDENTIALS, "device");
    records.commit(List.of(new RecordChange.Put(credentials, new byte[] {1})));

    store.link(key, null);
    assertThat(store.find(key).orElseThrow().own()).isNull();
    assertThat(store.find(key).orElseThrow().wanted()).isFalse();
    assertThat(records.read(credentials)).isEmpty();
  }

  @Test
  void storesTheProxyEncryptedAndForgetsIt() {
    var proxy =
        new Proxy(
            Proxy.Scheme.SOCKS5,
            "proxy.example.com",
            1080,
            new Proxy.Credentials("customer-9", "let me in"));
    store.settle(key, new InstanceSettings("The other shop", proxy));

    var found = store.find(key).orElseThrow();
    assertThat(found.route()).isEqualTo(proxy);
    assertThat(found.displayName()).isEqualTo("The other shop");
    assertThat(found.toString()).doesNotContain("proxy.example.com", "customer-9", "let me in");
    assertThat(storedProxy()).doesNotContain("proxy.example.com", "customer-9", "let me in");

    store.settle(key, new InstanceSettings("", new Proxy(Proxy.Scheme.HTTP, "10.0.0.1", 1, null)));
    assertThat(store.find(key).orElseThrow().route())
        .isEqualTo(new Proxy(Proxy.Scheme.HTTP, "10.0.0.1", 1, null));

    store.settle(key, new InstanceSettings("", new Route.Direct()));
    assertThat(store.find(key).orElseThrow().route()).isEqualTo(new Route.Direct());
  }

  @Test
  void storesThePacingAndForgetsIt() {
    var night = new QuietHours.Interval(LocalTime.of(21, 30), LocalTime.of(8, 0));
    var policy =
        new PacingPolicy(
            Gap.CAUTIOUS,
            new Budgets(0, 7, 10_000),
            NewRecipients.STANDARD,
            new QuietHours(ZoneId.of("Europe/Berlin"), List.of(night)),
            new Typing(1, Duration.ofMinutes(1), true));
    assertThat(store.find(key).orElseThrow().pacing()).isNull();

    for (var chosen : List.of(policy, PacingPolicy.NONE, PacingPolicy.STANDARD)) {
      store.settle(key, new InstanceSettings("", new Route.Direct(), chosen));
      assertThat(store.find(key).orElseThrow().pacing()).isEqualTo(chosen);
    }

    store.settle(key, new InstanceSettings("", new Route.Direct()));
    assertThat(store.find(key).orElseThrow().pacing()).isNull();
  }

  @Test
  void insertsWithAProxyThatNoOtherRowCanTake() {
    var proxy = new Proxy(Proxy.Scheme.HTTP, "proxy.example.com", 3128, null);
    var other = Accounts.key();
    store.insert(Accounts.instance(other, proxy));
    assertThat(store.find(other).orElseThrow().route()).isEqualTo(proxy);

    var _ =
        database
            .transactions()
            .write(dsl ->
                dsl.update(Tables.INSTANCE)
                    .set(
                        Tables.INSTANCE.PROXY,
                        dsl.select(Tables.INSTANCE.PROXY)
                            .from(Tables.INSTANCE)
                            .where(Tables.INSTANCE.ID.eq(other.instance().value())))
                    .where(Tables.INSTANCE.ID.eq(key.instance().value()))
                    .execute());
    assertThatThrownBy(() -> store.find(key)).isInstanceOf(KeyException.class);
    assertThat(store.delete(key)).isTrue();
  }

  @Test
  void keepsAReachoutLockUntilItIsLiftedOrTheAccountUnlinked() {
    var lock = new ReachoutLock(Accounts.NOON, Accounts.NOON.plusSeconds(60));
    assertThat(lockOf(key)).isEmpty();

    store.lockReachout(key, lock);
    assertThat(lockOf(key)).contains(lock);
    store.lockReachout(key, new ReachoutLock(Accounts.NOON, null));
    assertThat(lockOf(key)).contains(new ReachoutLock(Accounts.NOON, null));

    store.lockReachout(key, null);
    assertThat(lockOf(key)).isEmpty();
    store.lockReachout(key, lock);
    store.link(key, null);
    assertThat(lockOf(key)).isEmpty();
  }

  private Optional<ReachoutLock> lockOf(AccountKey key) {
    return store.find(key).map(Instance::reachoutLock);
  }

  @Test
  void keepsTheBansInARowUntilTheLinkIsGone() {
    assertThat(store.bansInARow(key)).isZero();
    store.countBans(key, 2);
    assertThat(store.bansInARow(key)).isEqualTo(2);
    store.link(key, null);
    assertThat(store.bansInARow(key)).isZero();
  }

  @Test
  void listsTenantByTenantInOrderOfId() {
    var tenants = new PostgresTenantStore(database.transactions());
    var first = new TenantId("list-a");
    var second = new TenantId("list-b");
    for (var tenant : List.of(first, second)) {
      tenants.insert(new TenantStore.Tenant(tenant, "", Accounts.NOON));
      for (var id : List.of("z", "a_b", "a-b", "a1")) {
        store.insert(Accounts.instance(new AccountKey(tenant, new InstanceId(id))));
      }
    }

    assertThat(store.list(first, "", 10))
        .extracting(i -> i.key().instance().value())
        .containsExactly("a-b", "a1", "a_b", "z");
    assertThat(store.list(first, "a1", 1))
        .extracting(i -> i.key().instance().value())
        .containsExactly("a_b");
    assertThat(everything())
        .contains(
            new AccountKey(first, new InstanceId("z")),
            new AccountKey(second, new InstanceId("a-b")));
    assertThat(everything()).doesNotHaveDuplicates();
  }

  private List<AccountKey> everything() {
    var keys = new ArrayList<AccountKey>();
    @Nullable AccountKey after = null;
    while (true) {
      var page = store.listAll(after, 3);
      if (page.isEmpty()) {
        return keys;
      }
      page.stream().map(Instance::key).forEach(keys::add);
      after = keys.getLast();
    }
  }

  private StateChange change(java.time.@Nullable Instant until) {
    return new StateChange(
        key,
        InstanceState.NOT_STARTED,
        InstanceState.PENDING,
        StateCause.PAIRING_STARTED,
        "",
        until,
        Accounts.NOON);
  }

  private Reason refusal(AccountKey taken) {
    return catchThrowableOfType(
            GatewayException.class, () -> store.insert(Accounts.instance(taken)))
        .reason();
  }

  private String storedProxy() {
    var proxy =
        database
            .transactions()
            .read(dsl ->
                dsl.select(Tables.INSTANCE.PROXY)
                    .from(Tables.INSTANCE)
                    .where(Tables.INSTANCE.ID.eq(key.instance().value()))
                    .fetchSingle(Tables.INSTANCE.PROXY));
    return new String(proxy, StandardCharsets.ISO_8859_1);
  }

  private String storedOwn() {
    var own =
        database
            .transactions()
            .read(dsl ->
                dsl.select(Tables.INSTANCE.OWN)
                    .from(Tables.INSTANCE)
                    .where(Tables.INSTANCE.ID.eq(key.instance().value()))
                    .fetchSingle(Tables.INSTANCE.OWN));
    return new String(own, StandardCharsets.ISO_8859_1);
  }
}
