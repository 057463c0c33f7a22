package dev.switchboard.connector;

import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Presence;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an engine may ask of the gateway on behalf of one account. Called on the account's thread.
 */
public interface ConnectorHost {
  /** The most people that one call may speak of. */
  int MOST_PEOPLE = 500;

  /** The account's durable state. */
  AccountRecords records();

  /**
   * The only way by which the account's traffic may reach its network; asked anew for every
   * connection, since it may have been changed.
   *
   * @throws dev.switchboard.model.GatewayException PROXY_REQUIRED when there is no allowed way
   */
  Route route();

  /** How the account is to be linked, if it is not linked yet. */
  PairingMethod pairingMethod();

  /** Tells what happens to the connection. */
  void on(ConnectorEvent event);

  /**
   * Makes durable that the message is about to be written, together with the ratchets that were
   * advanced to encrypt it: one atomic step, before the first byte leaves.
   *
   * @throws dev.switchboard.model.GatewayException MESSAGE_NOT_FOUND when the message is finished,
   *     MESSAGE_NOT_WAITING when it expired; STORAGE_UNAVAILABLE, JOURNAL_UNAVAILABLE. Nothing is
   *     durable then, and nothing may be written
   */
  void attempted(MessageId id, List<RecordChange> changes);

  /**
   * A message that this gateway wrote to the network at least once, to send it again to a device
   * that could not read it; empty for what is not there, was written by another device of the
   * account or belongs to another chat.
   */
  Optional<OutboundMessage> written(Peer chat, MessageId id);

  /**
   * Stores what arrived together with the ratchets that were advanced to read it, in one atomic
   * step. What is already stored under the same account, chat, id and direction is not stored
   * again; the changes are applied all the same. A readable copy takes the place of one that could
   * not be decrypted. The engine acknowledges to the network only after this returned.
   */
  void received(Message message, List<RecordChange> changes);

  /**
   * Tells that the account is under a reach-out lock, or with null that it is not any more. What is
   * known already is told to nobody.
   */
  void reachoutLock(@Nullable ReachoutLock lock);

  /** The lock that was told last, also before a restart, whether or not it still holds. */
  Optional<ReachoutLock> reachoutLock();

  /** Tells how far messages have come on the other side; stored when this returns. */
  void receipt(Receipt receipt);

  /**
   * Stores that the phone number and the LID of each of these people are one person, together with
   * the records that changed by it (aliases, sessions under another name), in one atomic step. What
   * was known under either name becomes one contact and one chat. The newest word counts: a number
   * that belonged to another LID belongs to this one from now on. What is known already is told to
   * nobody; the changes are applied all the same.
   *
   * @param people under both names, at most {@link #MOST_PEOPLE}
   * @param historical whether it was so before the account was linked, as the history says that its
   *     phone shares
   */
  void merged(List<Peer> people, boolean historical, List<RecordChange> changes);

  /**
   * Stores that the security code of a person changed, together with the records that changed by
   * it, in one atomic step. What happened at or before a change that is known is no new one.
   *
   * @param at when the network says that it happened
   */
  void identityChanged(Peer person, Instant at, List<RecordChange> changes);

  /**
   * Stores what people are called, together with the records that this was learnt from (the version
   * of a collection, say), in one atomic step. Names that are known already are told to nobody.
   *
   * @param people at most {@link #MOST_PEOPLE}; later entries on a person count over earlier ones
   * @param historical whether they were called so before the account was linked
   */
  void named(List<NamedPeer> people, boolean historical, List<RecordChange> changes);

  /** What callers want of presence by now; asked again when it is said that it changed. */
  PresenceWish presenceWish();

  /**
   * Tells that a person is online, or is not. It is not kept.
   *
   * @return false when it was not told, since storage is away
   */
  boolean presence(Peer person, Presence presence);

  /** Tells what a person does in their chat. It is not kept, and not told while storage is away. */
  void chatState(Peer chat, ChatState state);
}
