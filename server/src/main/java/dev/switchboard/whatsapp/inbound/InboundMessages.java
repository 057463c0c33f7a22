package dev.switchboard.whatsapp.inbound;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import dev.switchboard.model.message.Direction;
import dev.switchboard.model.message.Message;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what arrived to the gateway, as messages of a chat. */
public final class InboundMessages {
  private static final Logger log = LoggerFactory.getLogger(InboundMessages.class);

  /** The kind of what was told and turned out to hold nothing for people. */
  private static final String NOTHING = "nothing";

  private final AccountKey key;
  private final AccountState account;
  private final ConnectorHost host;
  private final InstantSource clock;

  public InboundMessages(
      AccountKey key, AccountState account, ConnectorHost host, InstantSource clock) {
    this.key = key;
    this.account = account;
    this.host = host;
    this.clock = clock;
  }

  /**
   * What a person wrote; nothing is stored but the changes when there is nothing to show, unless it
   * was told that something came.
   *
   * @param told whether it was told already, as undecryptable
   */
  void store(
      InboundStanza stanza,
      dev.switchboard.whatsapp.proto.Message message,
      boolean told,
      List<RecordChange> changes) {
    Optional<MessageContent> content = content(message, told);
    if (content.isPresent()) {
      store(stanza, content.get(), changes);
    } else {
      account.commit(changes);
    }
  }

  void store(InboundStanza stanza, MessageContent content, List<RecordChange> changes) {
    store(stanza, stanza.sender(), Direction.INBOUND, content, changes);
  }

  /** What the account wrote on another of its devices. */
  void storeOwn(
      InboundStanza stanza,
      dev.switchboard.whatsapp.proto.Message.DeviceSentMessage sent,
      boolean told,
      List<RecordChange> changes) {
    Jid chat = Jid.tryParse(sent.getDestinationJid()).or(stanza::recipient).orElse(stanza.sender());
    Optional<MessageContent> content = content(sent.getMessage(), told);
    if (content.isPresent()) {
      store(stanza, chat, Direction.OUTBOUND, content.get(), changes);
    } else {
      account.commit(changes);
    }
  }

  /** A stanza nothing was decrypted of, as it came, in the chat of who wrote it. */
  void storeRaw(InboundStanza stanza, String kind) {
    storeUnread(
        stanza, new MessageContent.Unsupported(kind, NodeEncoder.encode(stanza.node())), List.of());
  }

  /** That something came; only the changes of what the own phone tells its devices. */
  void storeUndecryptable(
      InboundStanza stanza, MessageContent.Undecryptable content, List<RecordChange> changes) {
    if (stanza.peer()) {
      account.commit(changes);
    } else {
      storeUnread(stanza, content, changes);
    }
  }

  private void storeUnread(
      InboundStanza stanza, MessageContent content, List<RecordChange> changes) {
    boolean own = account.credentials().isOwnAccount(stanza.sender());
    store(
        stanza,
        own ? stanza.recipient().orElse(stanza.sender()) : stanza.sender(),
        own ? Direction.OUTBOUND : Direction.INBOUND,
        content,
        changes);
  }

  private static Optional<MessageContent> content(
      dev.switchboard.whatsapp.proto.Message message, boolean told) {
    Optional<MessageContent> content = Contents.of(message);
    return content.isPresent() || !told
        ? content
        : Optional.of(new MessageContent.Unsupported(NOTHING, message.toByteArray()));
  }

  private void store(
      InboundStanza stanza,
      Jid chat,
      Direction direction,
      MessageContent content,
      List<RecordChange> changes) {
    Optional<Peer> peer = account.aliases().peer(chat);
    if (peer.isEmpty()) {
      // A channel, a group the account itself wrote to: no chat of today's model holds it.
      log.info("{}: a message that belongs to no person was acknowledged and not kept", key);
      account.commit(changes);
      return;
    }
    boolean sent = direction == Direction.OUTBOUND;
    host.received(
        new Message(
            key,
            new MessageId(stanza.id()),
            peer.get(),
            direction,
            sent ? MessageStatus.SENT : MessageStatus.RECEIVED,
            content,
            stanza.at(),
            clock.instant(),
            sent ? stanza.at() : null,
            null,
            null,
            null),
        changes);
  }
}
