package dev.switchboard.whatsapp.inbound;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.Receipt;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.retry.RetryAnswers;
import dev.switchboard.whatsapp.session.Courtesy;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes in what the other side says of messages, and acknowledges it. */
public final class ReceiptIntake {
  private final AccountState account;
  private final ConnectorHost host;
  private final StanzaStream stream;
  private final RetryAnswers answers;
  private final InstantSource clock;

  public ReceiptIntake(
      AccountState account,
      ConnectorHost host,
      StanzaStream stream,
      RetryAnswers answers,
      InstantSource clock) {
    this.account = account;
    this.host = host;
    this.stream = stream;
    this.answers = answers;
    this.clock = clock;
  }

  public void receive(Node receipt) throws InterruptedException {
    // Those of groups come later.
    Optional<Jid> from = receipt.jid("from").filter(jid -> jid.isLid() || jid.isPhoneNumber());
    String type = receipt.attribute("type").orElse("");
    if (from.isPresent() && type.equals("retry")) {
      answers.answer(receipt);
      return;
    }
    // What the own devices say of a chat is not the other side's word.
    if (from.isPresent() && !account.credentials().isOwnAccount(from.get())) {
      status(type).ifPresent(status -> tell(receipt, from.get(), status));
    }
    stream.send(Courtesy.ack(receipt));
  }

  private void tell(Node receipt, Jid from, MessageStatus status) {
    List<MessageId> ids = ids(receipt);
    account
        .aliases()
        .peer(from)
        .filter(peer -> !ids.isEmpty())
        .ifPresent(peer -> host.receipt(new Receipt(peer, ids, status, at(receipt))));
  }

  /** {@code inactive} is what devices say that nobody is looking at: they have it all the same. */
  private static Optional<MessageStatus> status(String type) {
    return switch (type) {
      case "", "inactive" -> Optional.of(MessageStatus.DELIVERED);
      case "read" -> Optional.of(MessageStatus.READ);
      case "played" -> Optional.of(MessageStatus.PLAYED);
      default -> Optional.empty();
    };
  }

  private static List<MessageId> ids(Node receipt) {
    List<String> names = new ArrayList<>();
    receipt.attribute("id").ifPresent(names::add);
    receipt
        .child("list")
        .ifPresent(list ->
            list.children("item").forEach(item -> item.attribute("id").ifPresent(names::add)));
    return names.stream().distinct().map(ReceiptIntake::id).flatMap(Optional::stream).toList();
  }

  private static Optional<MessageId> id(String name) {
    try {
      return Optional.of(new MessageId(name));
    } catch (GatewayException e) {
      return Optional.empty();
    }
  }

  private Instant at(Node receipt) {
    long seconds = Numbers.of(receipt, "t", 0L);
    return seconds <= 0 || seconds > Numbers.LATEST_SECOND
        ? clock.instant()
        : Instant.ofEpochSecond(seconds);
  }
}
