package dev.switchboard.store.message;

import static dev.switchboard.store.jooq.Tables.CHAT;
import static dev.switchboard.store.jooq.Tables.MESSAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.TenantStore.Tenant;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.pacing.Familiarity;
import dev.switchboard.store.Accounts;
import dev.switchboard.store.DatabaseExtension;
import dev.switchboard.store.OutboundMessages;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.account.PostgresTenantStore;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.projection.ProjectedJournal;
import java.util.List;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(DatabaseExtension.class)
class PostgresFamiliaritiesIT {
  private final PhoneNumber number = Accounts.phoneNumber();
  private final Lid lid = Accounts.lid();
  private final Peer friend = new Peer(number, lid);
  private Database database;
  private PostgresFamiliarities familiarities;
  private PostgresInboxStore inbox;
  private ProjectedJournal journal;
  private AccountKey account;

  @BeforeEach
  void store(Database database) {
    this.database = database;
    familiarities = new PostgresFamiliarities(database.transactions(), database.encryption());
    inbox = new PostgresInboxStore(database.transactions(), database.encryption());
    journal = new OutboundMessages(database).journal();
    account = Accounts.stored(database);
  }

  @Test
  void nobodyIsKnownToBeginWith() {
    assertThat(familiarity(friend)).isEqualTo(Familiarity.NEW);
  }

  @Test
  void whoWroteIsKnown() {
    received(account, friend);

    assertThat(familiarity(friend)).isEqualTo(Familiarity.KNOWN);
  }

  @Test
  void whoWasSentAMessageThatTheNetworkTookIsKnown() {
    var message = accepted(friend);
    journal.attempt(account, message, 1);
    journal.sent(account, message, friend);
    journal.project();

    assertThat(familiarity(friend)).isEqualTo(Familiarity.KNOWN);
  }

  @ParameterizedTest
  @EnumSource(names = {"DELIVERED", "READ", "PLAYED"})
  void whoTookAMessageIsKnown(MessageStatus status) {
    var message = accepted(friend);
    journal.attempt(account, message, 1);
    journal.sent(account, message, friend);
    journal.progressed(account, friend, status, message);
    journal.project();

    assertThat(familiarity(friend)).isEqualTo(Familiarity.KNOWN);
  }

  @Test
  void whoAMessageIsForThatWasNotWrittenIsNew() {
    accepted(friend);
    journal.project();

    assertThat(familiarity(friend)).isEqualTo(Familiarity.NEW);
  }

  @Test
  void whoAMessageWasWrittenToThatNobodyTookIsApproached() {
    journal.attempt(account, accepted(friend), 1);
    journal.project();

    assertThat(familiarity(friend)).isEqualTo(Familiarity.APPROACHED);
  }

  @Test
  void whoAMessageWasWrittenToInVainIsApproached() {
    var message = accepted(friend);
    journal.attempt(account, message, 1);
    journal.failed(account, message);
    journal.project();

    assertThat(familiarity(friend)).isEqualTo(Familiarity.APPROACHED);
  }

  @Test
  void whoAMessageIsForThatFailedUnwrittenIsNew() {
    journal.failed(account, accepted(friend));
    journal.project();

    assertThat(familiarity(friend)).isEqualTo(Familiarity.NEW);
  }

  @Test
  void aPersonIsKnownByEitherName() {
    received(account, friend);

    assertThat(familiarity(Peer.of(number))).isEqualTo(Familiarity.KNOWN);
    assertThat(familiarity(Peer.of(lid))).isEqualTo(Familiarity.KNOWN);
  }

  @Test
  void whoIsKnownByOneNameIsKnownByBoth() {
    received(account, Peer.of(number));
    var other = new Peer(Accounts.phoneNumber(), Accounts.lid());
    received(account, Peer.of(other.knownLid().orElseThrow()));

    assertThat(familiarity(friend)).isEqualTo(Familiarity.KNOWN);
    assertThat(familiarity(other)).isEqualTo(Familiarity.KNOWN);
    assertThat(familiarity(Peer.of(lid))).as("nobody told who that is").isEqualTo(Familiarity.NEW);
  }

  @Test
  void otherPeopleOfTheAccountSayNothing() {
    received(account, Peer.of(Accounts.phoneNumber()));
    journal.attempt(account, accepted(Peer.of(Accounts.phoneNumber())), 1);
    accepted(friend);
    journal.project();

    assertThat(familiarity(friend)).isEqualTo(Familiarity.NEW);
  }

  @Test
  void anotherAccountsAcquaintancesSayNothing() {
    assertSaysNothing(Accounts.stored(database));
  }

  @Test
  void norDoThoseOfAnotherTenantsAccountOfThatName() {
    var tenant = new TenantId("familiar-" + account.instance().value());
    new PostgresTenantStore(database.transactions())
        .insert(new Tenant(tenant, "Another", Accounts.NOON));
    var namesake = new AccountKey(tenant, account.instance());
    new PostgresInstanceStore(database.transactions(), database.encryption())
        .insert(Accounts.instance(namesake));

    assertSaysNothing(namesake);
  }

  private void assertSaysNothing(AccountKey other) {
    accepted(friend);
    journal.project();
    received(other, friend);
    underTheIdOfOurChat(other);

    assertThat(familiarity(friend)).isEqualTo(Familiarity.NEW);
    assertThat(familiarities.of(other, friend)).isEqualTo(Familiarity.NEW);
  }

  /** As no chance would have it: so only whose rows they are keeps the messages apart. */
  private void underTheIdOfOurChat(AccountKey other) {
    var moved =
        database
            .transactions()
            .write(dsl -> {
              UUID ours =
                  dsl.select(MESSAGE.CHAT_ID)
                      .from(MESSAGE)
                      .where(MessageTable.of(account))
                      .fetchSingle(MESSAGE.CHAT_ID);
              var theirs =
                  CHAT.TENANT_ID
                      .eq(other.tenant().value())
                      .and(CHAT.INSTANCE_ID.eq(other.instance().value()));
              dsl.insertInto(CHAT, CHAT.TENANT_ID, CHAT.INSTANCE_ID, CHAT.ID, CHAT.PEER)
                  .select(
                      dsl.select(CHAT.TENANT_ID, CHAT.INSTANCE_ID, DSL.val(ours), CHAT.PEER)
                          .from(CHAT)
                          .where(theirs))
                  .execute();
              return dsl.update(MESSAGE)
                  .set(MESSAGE.CHAT_ID, ours)
                  .where(MessageTable.of(other))
                  .execute();
            });
    assertThat(moved).isEqualTo(1);
  }

  private Familiarity familiarity(Peer person) {
    return familiarities.of(account, person);
  }

  private void received(AccountKey by, Peer from) {
    inbox.receive(Accounts.inbound(by, from, "text"), List.of());
  }

  private MessageId accepted(Peer to) {
    return journal.accept(account, to, "text");
  }
}
