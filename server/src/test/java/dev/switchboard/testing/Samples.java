package dev.switchboard.testing;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Accounts, people and messages to test with. */
public final class Samples {
  public static final AccountKey ACCOUNT = account("alice");
  public static final Peer OWN = peer("15550001000");
  public static final Peer BOB = peer("15550002000");
  public static final Peer CAROL = peer("15550003000");
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private Samples() {}

  public static AccountKey account(String id) {
    return new AccountKey(TenantId.DEFAULT, new InstanceId(id));
  }

  public static Peer peer(String digits) {
    return Peer.of(new PhoneNumber(digits));
  }

  public static Instance linked(AccountKey key, InstanceState state, boolean wanted) {
    return instance(key, state, OWN, wanted);
  }

  public static Instance unlinked(AccountKey key, InstanceState state) {
    return instance(key, state, null, false);
  }

  /** A text that waits to be sent by {@link #ACCOUNT}. */
  public static Message text(String id, Peer to) {
    return new Message(
        ACCOUNT,
        new MessageId(id),
        to,
        Direction.OUTBOUND,
        MessageStatus.ACCEPTED,
        MessageContent.Text.outbound("text " + id),
        NOW,
        NOW,
        null,
        null,
        null,
        null);
  }

  private static Instance instance(
      AccountKey key, InstanceState state, @Nullable Peer own, boolean wanted) {
    return new Instance(
        key,
        Network.SANDBOX,
        "",
        new Route.Direct(),
        wanted,
        state,
        StateCause.REQUESTED,
        "",
        null,
        own,
        NOW,
        NOW);
  }
}
