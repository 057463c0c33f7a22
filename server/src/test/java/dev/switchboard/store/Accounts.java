package dev.switchboard.store;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.instance.InstanceState;
import dev.switchboard.model.instance.Network;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.store.account.PostgresInstanceStore;
import dev.switchboard.store.database.Database;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Accounts, people and messages for tests: every call makes new ones. */
public final class Accounts {
  public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private static final AtomicLong NEXT = new AtomicLong(1);

  private Accounts() {}

  public static AccountKey key() {
    return new AccountKey(TenantId.DEFAULT, new InstanceId("account-" + NEXT.getAndIncrement()));
  }

  public static Instance instance(AccountKey key) {
    return instance(key, new Route.Direct());
  }

  public static Instance instance(AccountKey key, Route route) {
    return new Instance(
        key,
        Network.SANDBOX,
        "The shop",
        route,
        false,
        InstanceState.NOT_STARTED,
        StateCause.REQUESTED,
        "",
        null,
        null,
        NOON,
        NOON);
  }

  /** A stored account that is linked. */
  public static AccountKey stored(Database database) {
    var key = key();
    var store = new PostgresInstanceStore(database.transactions(), database.encryption());
    store.insert(instance(key));
    store.link(key, Peer.of(phoneNumber()));
    return key;
  }

  public static PhoneNumber phoneNumber() {
    return new PhoneNumber("1555" + (1_000_000 + NEXT.getAndIncrement()));
  }

  public static Lid lid() {
    return new Lid("9000" + (1_000_000 + NEXT.getAndIncrement()));
  }

  public static Message outbound(AccountKey account, Peer to, String text) {
    return message(account, to, text, Direction.OUTBOUND, MessageStatus.ACCEPTED);
  }

  public static Message inbound(AccountKey account, Peer from, String text) {
    return message(account, from, text, Direction.INBOUND, MessageStatus.RECEIVED);
  }

  private static Message message(
      AccountKey account, Peer chat, String text, Direction direction, MessageStatus status) {
    return new Message(
        account,
        new MessageId("3EB0" + NEXT.getAndIncrement()),
        chat,
        direction,
        status,
        new MessageContent.Text(text),
        NOON,
        NOON,
        null,
        null,
        null,
        null);
  }
}
