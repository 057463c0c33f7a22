package dev.switchboard.store.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.LastSeenAbsence;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.TakenEvents;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(DatabaseExtension.class)
class PostgresPresenceStoreIT {
  private static final int AT_ONCE = 8;

  private final TakenEvents events = new TakenEvents();
  private PostgresInstanceStore instances;
  private PostgresPresenceStore presences;
  private AccountKey account;

  @BeforeEach
  void open(Database database) {
    instances = new PostgresInstanceStore(database.transactions(), database.encryption());
    presences =
        new PostgresPresenceStore(
            database.transactions(), database.encryption(), events.rows(database));
    account = Accounts.stored(database);
  }

  @Test
  void keepsWhatIsWantedUntilTheInstanceIsUnlinked() {
    assertThat(presences.find(account)).isEqualTo(PresenceWish.NONE);
    var both = new Peer(Accounts.phoneNumber(), Accounts.lid());
    var hidden = Peer.of(Accounts.lid());
    var wish = new PresenceWish(true, List.of(both, hidden));

    assertThat(presences.change(account, _ -> wish)).isEqualTo(wish);
    assertThat(presences.find(account)).isEqualTo(wish);
    assertThat(presences.change(account, it -> it.without(both)).followed())
        .containsExactly(hidden);

    instances.link(account, null);
    assertThat(presences.find(account)).isEqualTo(PresenceWish.NONE);
    refused(Reason.INSTANCE_NOT_LINKED, account);
    refused(Reason.INSTANCE_NOT_FOUND, Samples.account("none"));
  }

  @Test
  void losesNoneOfManyChangesAtOnce() throws Exception {
    var people = Stream.generate(() -> Peer.of(Accounts.lid())).limit(AT_ONCE).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<PresenceWish>> changes = new ArrayList<>();
      for (Peer person : people) {
        changes.add(() -> presences.change(account, wish -> wish.with(person)));
      }
      for (Future<PresenceWish> each : threads.invokeAll(changes)) {
        each.get();
      }
    }
    assertThat(presences.find(account).followed()).containsExactlyInAnyOrderElementsOf(people);
  }

  @Test
  void tellsWhoIsOnlineOfInstancesThatAreThere() {
    var person = Peer.of(Accounts.phoneNumber());
    presences.tell(account, person, new Presence.Online());
    presences.tell(account, person, new Presence.Offline(Accounts.NOON, false));
    presences.tell(account, person, new Presence.Offline(null, true));
    presences.tell(Samples.account("deleted"), person, new Presence.Online());

    var told = events.take().stream().map(Event::getPresenceChanged).toList();
    assertThat(told)
        .extracting(it -> it.getPresence().name())
        .containsExactly("PRESENCE_ONLINE", "PRESENCE_OFFLINE", "PRESENCE_OFFLINE");
    assertThat(told.getFirst().getLastSeenAbsence())
        .isEqualTo(LastSeenAbsence.LAST_SEEN_ABSENCE_UNSPECIFIED);
    assertThat(told.get(1).getLastSeenTime().getSeconds())
        .isEqualTo(Accounts.NOON.getEpochSecond());
    assertThat(told.getLast().getLastSeenAbsence())
        .isEqualTo(LastSeenAbsence.LAST_SEEN_ABSENCE_HIDDEN);
  }

  private void refused(Reason reason, AccountKey key) {
    assertThatThrownBy(() -> presences.change(key, wish -> wish.withOnline(true)))
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
