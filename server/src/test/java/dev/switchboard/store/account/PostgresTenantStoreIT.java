package dev.switchboard.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.TenantStore.Tenant;
import dev.switchboard.model.TenantId;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.database.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class PostgresTenantStoreIT {
  @Test
  void holdsTheDefaultTenantFromTheStart(Database database) {
    var store = new PostgresTenantStore(database.transactions());

    assertThat(store.exists(TenantId.DEFAULT)).isTrue();
    assertThat(store.exists(new TenantId("unheard-of"))).isFalse();
  }

  @Test
  void listsInOrderAndRefusesIdThatIsTaken(Database database) {
    var store = new PostgresTenantStore(database.transactions());
    var tenant = new Tenant(new TenantId("tenant-1"), "One", Accounts.NOON);

    assertThat(store.insert(tenant)).isTrue();
    assertThat(store.insert(tenant)).isFalse();
    assertThat(store.list("tenant-0", 1)).containsExactly(tenant);
  }
}
