package dev.switchboard.store.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.connector.NamedPeer;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.contact.ContactEvent;
import dev.switchboard.contact.ContactPage;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.contact.ContactNames;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.jooq.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class PostgresContactStoreIT {
  private static final RecordKey RECORD = new RecordKey(RecordKind.ALIAS, "friend");

  private Database database;
  private PostgresContactStore store;
  private AccountKey account;
  private final PhoneNumber number = Accounts.phoneNumber();
  private final Lid lid = Accounts.lid();
  private final Peer friend = new Peer(number, lid);

  @BeforeEach
  void store(Database database) {
    this.database = database;
    store = new PostgresContactStore(database.transactions(), database.encryption());
    account = Accounts.stored(database);
  }

  @Test
  void findsAPersonByEveryNameAndTellsAllOfThem() {
    merge(friend);

    for (var name : List.of(Peer.of(number), Peer.of(lid), friend)) {
      assertThat(store.find(account, name)).contains(Contact.of(account, friend));
    }
    assertThat(store.find(account, Peer.of(Accounts.lid()))).isEmpty();
    assertThat(store.find(Accounts.stored(database), friend)).isEmpty();
  }

  @Test
  void makesOneOfTwoAndKeepsWhatWasKnownOfEither() {
    name(Peer.of(lid), ContactNames.ofPush("Bo"));
    name(Peer.of(number), new ContactNames(null, "Bob Builder", "Bob", null));
    changeIdentity(Peer.of(lid), Accounts.NOON);

    var events = merge(friend);

    var known =
        new Contact(
            account, friend, new ContactNames("Bo", "Bob Builder", "Bob", null), Accounts.NOON);
    assertThat(events)
        .containsExactly(new ContactEvent.Merged(known, List.of(Peer.of(number), Peer.of(lid))));
    assertThat(store.list(account, null, 10).contacts()).containsExactly(known);
  }

  @Test
  void tellsASecondNameAsAMerge() {
    name(Peer.of(number), ContactNames.ofPush("Bo"));

    assertThat(merge(friend))
        .singleElement()
        .isInstanceOfSatisfying(
            ContactEvent.Merged.class,
            merged -> assertThat(merged.former()).containsExactly(Peer.of(number)));
  }

  @Test
  void tellsWhatIsKnownToNobodyAndAppliesTheRecordsAllTheSame() {
    merge(friend);
    var names = ContactNames.ofPush("Bo");
    name(Peer.of(number), names);
    changeIdentity(friend, Accounts.NOON);

    assertThat(store.merge(account, List.of(friend, friend), false, List.of(record(1)))).isEmpty();
    assertThat(stored()).isEqualTo(1);
    var again = List.of(new NamedPeer(Peer.of(lid), names));
    assertThat(store.name(account, again, false, List.of(record(2)))).isEmpty();
    assertThat(stored()).isEqualTo(2);
    assertThat(store.changeIdentity(account, friend, Accounts.NOON, List.of(record(3)))).isEmpty();
    assertThat(changeIdentity(friend, Accounts.NOON.minusSeconds(1))).isEmpty();
    assertThat(stored()).isEqualTo(3);
  }

  @Test
  void tellsALaterChangeOfTheIdentity() {
    changeIdentity(friend, Accounts.NOON);
    var later = Accounts.NOON.plusSeconds(1);

    var expected = Contact.of(account, friend).withIdentityChangedAt(later);
    assertThat(changeIdentity(friend, later))
        .containsExactly(new ContactEvent.IdentityChanged(expected));
  }

  @Test
  void takesNamesAwayThatAreToldEmptyAndLeavesThoseThatAreNotTold() {
    name(friend, new ContactNames("Bo", "Bob Builder", "Bob", "Bob's"));

    name(friend, new ContactNames(null, "", "Bobby", null));

    assertThat(store.find(account, friend).orElseThrow().names())
        .isEqualTo(new ContactNames("Bo", null, "Bobby", "Bob's"));
  }

  @Test
  void keepsTheNewestWordOnANumberThatWasGivenToAnotherPerson() {
    name(friend, ContactNames.ofPush("Bo"));
    var other = new Peer(number, Accounts.lid());

    var events = merge(other);

    var left = store.find(account, Peer.of(lid)).orElseThrow();
    assertThat(left.peer()).isEqualTo(Peer.of(lid));
    assertThat(left.names().push()).isEqualTo("Bo");
    assertThat(store.find(account, Peer.of(number))).contains(Contact.of(account, other));
    assertThat(events)
        .containsExactly(
            new ContactEvent.Updated(left), new ContactEvent.Updated(Contact.of(account, other)));
  }

  @Test
  void keepsAPersonWhoseNumberChanged() {
    name(friend, ContactNames.ofPush("Bo"));
    var moved = new Peer(Accounts.phoneNumber(), lid);

    var events = merge(moved);

    assertThat(events).singleElement().isInstanceOf(ContactEvent.Updated.class);
    assertThat(store.find(account, Peer.of(lid)).orElseThrow().peer()).isEqualTo(moved);
    assertThat(store.find(account, Peer.of(number))).isEmpty();
    assertThat(store.list(account, null, 10).contacts()).hasSize(1);
  }

  @Test
  void mergesTheNewNumbersContactIntoAPersonWhoseNumberChanged() {
    merge(friend);
    var other = Accounts.phoneNumber();
    name(Peer.of(other), ContactNames.ofPush("Bo"));
    var moved = new Peer(other, lid);

    assertThat(merge(moved)).singleElement().isInstanceOf(ContactEvent.Merged.class);

    assertThat(store.find(account, Peer.of(lid)).orElseThrow().names().push()).isEqualTo("Bo");
    assertThat(store.find(account, Peer.of(number))).isEmpty();
    assertThat(store.list(account, null, 10).contacts()).hasSize(1);
  }

  @Test
  void swapsTheNumbersOfTwoPeople() {
    var second = new Peer(Accounts.phoneNumber(), Accounts.lid());
    merge(friend);
    merge(second);

    merge(new Peer(number, second.lid()));
    merge(new Peer(second.phoneNumber(), lid));

    assertThat(store.list(account, null, 10).contacts())
        .extracting(Contact::peer)
        .containsExactlyInAnyOrder(
            new Peer(number, second.lid()), new Peer(second.phoneNumber(), lid));
  }

  @Test
  void pagesThroughEverybodyOnceWhileContactsMergeInBetween() {
    var people = new ArrayList<Peer>();
    for (var i = 0; i < 7; i++) {
      people.add(new Peer(Accounts.phoneNumber(), Accounts.lid()));
      name(Peer.of(people.get(i).knownPhoneNumber().orElseThrow()), ContactNames.NONE);
    }
    name(Peer.of(people.getFirst().knownLid().orElseThrow()), ContactNames.NONE);

    var listed = new ArrayList<Peer>();
    @Nullable Long after = null;
    do {
      ContactPage page = store.list(account, after, 3);
      page.contacts().forEach(contact -> listed.add(contact.peer()));
      after = page.next();
      merge(people.getFirst());
    } while (after != null);

    assertThat(listed)
        .extracting(Peer::phoneNumber)
        .containsExactlyElementsOf(people.stream().map(Peer::phoneNumber).toList());
  }

  @Test
  void refusesADeletedInstance() {
    var unknown = Accounts.key();

    assertThatThrownBy(() -> store.merge(unknown, List.of(friend), false, List.of()))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("deleted");
  }

  @Test
  void storesNoNameInTheClear() {
    name(friend, new ContactNames("Secretive", "Person", null, null));

    var row =
        database
            .transactions()
            .read(dsl ->
                dsl.select(Tables.CHAT.NAMES, Tables.CHAT.PEER)
                    .from(Tables.CHAT)
                    .where(Tables.CHAT.INSTANCE_ID.eq(account.instance().value()))
                    .fetchSingle());

    for (var value : row.intoList()) {
      assertThat(new String((byte[]) value, StandardCharsets.ISO_8859_1))
          .doesNotContain("Secretive")
          .doesNotContain("Person")
          .doesNotContain(number.digits());
    }
  }

  private List<ContactEvent> merge(Peer peer) {
    return store.merge(account, List.of(peer), false, List.of());
  }

  private void name(Peer peer, ContactNames names) {
    store.name(account, List.of(new NamedPeer(peer, names)), false, List.of());
  }

  private List<ContactEvent> changeIdentity(Peer peer, Instant at) {
    return store.changeIdentity(account, peer, at, List.of());
  }

  private static RecordChange record(int value) {
    return new RecordChange.Put(RECORD, new byte[] {(byte) value});
  }

  private int stored() {
    var records =
        new PostgresInstanceStore(database.transactions(), database.encryption()).records(account);
    return records.read(RECORD).orElseThrow()[0];
  }
}
