package dev.switchboard.store.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.access.TenantStore;
import dev.switchboard.event.consumer.EventConsumer;
import dev.switchboard.event.consumer.EventConsumerStore;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.account.PostgresTenantStore;
import dev.switchboard.store.database.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@ExtendWith(DatabaseExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class PostgresEventConsumerStoreIT {
  private static final TenantId TENANT = new TenantId("consumer-owner");
  private static final TenantId FULL = new TenantId("consumer-collector");

  private PostgresEventConsumerStore store;

  @BeforeEach
  void store(Database database) {
    var tenants = new PostgresTenantStore(database.transactions());
    tenants.insert(new TenantStore.Tenant(TENANT, "", Accounts.NOON));
    tenants.insert(new TenantStore.Tenant(FULL, "", Accounts.NOON));
    store = new PostgresEventConsumerStore(database.transactions());
  }

  @Test
  void movesForwardOnlyWithinALog() {
    assertThat(store.advance(consumer("moving", "log 1", 7)).position()).isEqualTo(7);
    assertThat(store.advance(consumer("moving", "log 1", 5)).position()).isEqualTo(7);
    assertThat(store.advance(consumer("moving", "log 1", 9)).position()).isEqualTo(9);
    var elsewhere = consumer("moving", "log 2", 3);
    assertThat(store.advance(elsewhere)).isEqualTo(elsewhere);
    assertThat(store.find(TENANT, "moving")).contains(elsewhere);
    assertThat(store.find(FULL, "moving")).isEmpty();
  }

  @Test
  void listsByIdAndDeletes() {
    store.advance(consumer("list-a", "log", 1));
    store.advance(consumer("list-b", "log", 1));
    assertThat(store.list(TENANT, "list", 2))
        .extracting(EventConsumer::id)
        .containsExactly("list-a", "list-b");
    assertThat(store.delete(FULL, "list-a")).isFalse();
    assertThat(store.delete(TENANT, "list-a")).isTrue();
    assertThat(store.delete(TENANT, "list-a")).isFalse();
    assertThat(store.list(TENANT, "list", 1))
        .extracting(EventConsumer::id)
        .containsExactly("list-b");
  }

  @Test
  void takesNoMoreThanTheLimitButMovesThoseThereAre() {
    for (int i = 0; i < EventConsumerStore.MOST; i++) {
      store.advance(new EventConsumer(FULL, "consumer-" + i, "log", 1, Accounts.NOON));
    }
    assertThatThrownBy(
            () -> store.advance(new EventConsumer(FULL, "one-more", "log", 1, Accounts.NOON)))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_CONSUMERS));
    var moved = new EventConsumer(FULL, "consumer-1", "log", 2, Accounts.NOON);
    assertThat(store.advance(moved)).isEqualTo(moved);
  }

  private static EventConsumer consumer(String id, String log, long position) {
    return new EventConsumer(TENANT, id, log, position, Accounts.NOON);
  }
}
