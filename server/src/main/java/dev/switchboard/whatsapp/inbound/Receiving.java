package dev.switchboard.whatsapp.inbound;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.Padding;
import dev.switchboard.whatsapp.device.IdentityChanges;
import dev.switchboard.whatsapp.device.Vouching;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.signal.Ciphertext;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.signal.SignalUnit;
import dev.switchboard.whatsapp.wire.Node;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a message in: decrypts, stores message and ratchet in one step, and only then tells the
 * server that it has arrived.
 */
public final class Receiving {
  private final AccountState account;
  private final InboundMessages messages;
  private final DeliveryReceipts receipts;
  private final Undecryptable undecryptable;
  private final PhoneMessages phone;
  private final SenderNames names;
  private final IdentityChanges identities;
  private final Vouching vouching;
  private final InstantSource clock;

  public Receiving(
      AccountState account,
      InboundMessages messages,
      DeliveryReceipts receipts,
      Undecryptable undecryptable,
      PhoneMessages phone,
      SenderNames names,
      IdentityChanges identities,
      Vouching vouching,
      InstantSource clock) {
    this.account = account;
    this.messages = messages;
    this.receipts = receipts;
    this.undecryptable = undecryptable;
    this.phone = phone;
    this.names = names;
    this.identities = identities;
    this.vouching = vouching;
    this.clock = clock;
  }

  /** Asks again for messages that were asked for over an earlier connection and never came. */
  public void askAgain() throws InterruptedException {
    undecryptable.askAgain(clock.instant());
  }

  /**
   * Takes one {@code <message>} in and acknowledges it.
   *
   * @throws dev.switchboard.whatsapp.wire.WireException when it is none; nothing was acknowledged
   */
  public void receive(Node node) throws InterruptedException {
    InboundStanza stanza = InboundStanza.read(node, clock.instant());
    names.heard(stanza);
    Optional<Node> encrypted = stanza.direct() ? encrypted(node) : Optional.empty();
    if (encrypted.isEmpty()) {
      messages.storeRaw(stanza, kind(stanza));
      receipts.acknowledge(stanza);
      return;
    }
    try {
      read(stanza, encrypted.get());
    } catch (SignalException | CryptoException e) {
      failed(stanza, e);
    }
  }

  private void read(InboundStanza stanza, Node encrypted) throws InterruptedException {
    SignalUnit unit = account.signalUnit();
    byte[] plaintext = Padding.remove(decrypt(unit, stanza, encrypted));
    identities.noticed(unit, stanza.at());
    List<RecordChange> changes = new ArrayList<>(SignalRecords.changes(unit.changes()));
    boolean told =
        encrypted.attribute("count").isPresent() && undecryptable.resolves(stanza, changes);
    boolean own = account.credentials().isOwnAccount(stanza.sender());
    Optional<Message> message = parse(plaintext);
    if (message.isEmpty()) {
      messages.store(stanza, new MessageContent.Unsupported("malformed", plaintext), changes);
    } else if (own && !message.get().hasDeviceSentMessage()) {
      phone.take(stanza, message.get(), told, changes);
    } else if (own) {
      messages.storeOwn(stanza, message.get().getDeviceSentMessage(), told, changes);
    } else {
      messages.store(stanza, message.get(), told, changes);
    }
    receipts.delivered(stanza, own);
  }

  private byte[] decrypt(SignalUnit unit, InboundStanza stanza, Node encrypted)
      throws InterruptedException {
    Ciphertext.Type type = encrypted.attribute("type").flatMap(Ciphertext.Type::of).orElseThrow();
    if (type == Ciphertext.Type.PREKEY && !isProven(unit, stanza, encrypted)) {
      throw new SignalException(
          SignalException.Reason.UNPROVEN_DEVICE, "its account does not vouch for it");
    }
    return unit.decrypt(account.address(unit, stanza.sender()), type, encrypted.bytes());
  }

  private boolean isProven(SignalUnit unit, InboundStanza stanza, Node encrypted)
      throws InterruptedException {
    byte[] identity = SignalUnit.identityIn(encrypted.bytes());
    return vouching.holds(unit, stanza.sender(), identity, stanza.node(), stanza.at());
  }

  private void failed(InboundStanza stanza, RuntimeException failure) throws InterruptedException {
    if (failure instanceof SignalException signal
        && signal.reason() == SignalException.Reason.DUPLICATE) {
      // Read before: ratchet and message were stored in one step, only the receipt got lost.
      receipts.delivered(stanza, account.credentials().isOwnAccount(stanza.sender()));
    } else {
      undecryptable.failed(stanza, failure);
    }
  }

  /** The part for this device, of a kind that sessions read. */
  private static Optional<Node> encrypted(Node node) {
    return node.children("enc").stream()
        .filter(enc -> enc.attribute("type").flatMap(Ciphertext.Type::of).isPresent())
        .findFirst();
  }

  private static String kind(InboundStanza stanza) {
    if (stanza.direct()) {
      return stanza.node().child("unavailable").isPresent() ? "unavailable" : "unencrypted";
    }
    return switch (stanza.from().server()) {
      case GROUP -> "group";
      case BROADCAST -> "broadcast";
      case NEWSLETTER -> "newsletter";
      case USER, LID, LEGACY_USER, CALL, HOSTED, HOSTED_LID, BOT, MESSENGER, INTEROP -> "unknown";
    };
  }

  private static Optional<Message> parse(byte[] plaintext) {
    try {
      return Optional.of(Message.parseFrom(plaintext));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
