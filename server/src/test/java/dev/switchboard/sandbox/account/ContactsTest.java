package dev.switchboard.sandbox.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.state.StateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactsTest {
  @TempDir Path folder;
  private StateStore store;
  private Contacts contacts;

  @BeforeEach
  void open() {
    store = StateStore.open(folder.resolve("network.mv"));
    contacts = new Contacts(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void knowsBothWhoWroteWithEachOther() {
    contacts.meet("1", "2");
    contacts.meet("1", "3");
    contacts.meet("1", "2");
    contacts.meet("1", "1");
    assertThat(contacts.of("1")).containsExactly("2", "3");
    assertThat(contacts.of("2")).containsExactly("1");
    assertThat(contacts.of("4")).isEmpty();
  }

  @Test
  void keepsNoMoreThanAnAccountMayHave() {
    for (int i = 0; i < Contacts.MOST + 5; i++) {
      contacts.meet("popular", "fan-" + i);
    }
    assertThat(contacts.of("popular")).hasSize(Contacts.MOST);
    assertThat(contacts.of("fan-2004")).containsExactly("popular");
  }
}
