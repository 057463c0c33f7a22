package dev.switchboard.sandbox.message;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.network.Queues;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.phone.Phones;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.signal.SignalException;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.Optional;
import java.util.Set;

/**
 * Receipts: acknowledged, and told to whom they are for. A receipt also tells the network that the
 * message has arrived (independent clients send no other acknowledgement).
 */
public final class ReceiptHandler {
  /** What a companion says to its own phone about peer messages. */
  private static final Set<String> FOR_THE_PHONE = Set.of("peer_msg", "hist_sync");

  private final Phones phones;

  public ReceiptHandler(Phones phones) {
    this.phones = phones;
  }

  /** Handles a receipt within the change. */
  public void handle(Client client, Node receipt, Change change) {
    String id = receipt.requiredAttribute("id");
    change.say(client.link(), acknowledgement(receipt, id));
    Queues queues = change.state().queues();
    queues.received(client.device(), id);
    receipt
        .descendant("list")
        .ifPresent(list ->
            list.children("item")
                .forEach(item -> queues.received(client.device(), item.requiredAttribute("id"))));
    String type = receipt.attribute("type").orElse("");
    Optional<Jid> to = receipt.jid("to");
    Optional<DeviceAddress> target = to.flatMap(change.state().accounts()::address);
    if (target.isEmpty() || FOR_THE_PHONE.contains(type)) {
      return;
    }
    if (type.equals("retry")) {
      retry(client, receipt, to.get(), target.get(), change);
    } else {
      forward(client, receipt, to.get(), target.get(), change);
    }
  }

  private void retry(Client client, Node receipt, Jid to, DeviceAddress target, Change change) {
    try {
      RetryRequest request = RetryRequest.read(receipt);
      Optional<Refusal> wrong = check(client.device(), request, target, change);
      if (wrong.isPresent()) {
        change.state().refusals().count(wrong.get());
      } else if (target.isPhone()) {
        resend(client.device(), request, target, change);
      } else {
        forward(client, receipt, to, target, change);
      }
    } catch (WireException | SignalException e) {
      change.state().refusals().count(Refusal.MALFORMED_RETRY);
    }
  }

  private static Optional<Refusal> check(
      DeviceAddress asking, RetryRequest request, DeviceAddress target, Change change) {
    AccountRecord account = change.state().accounts().find(asking.account()).orElseThrow();
    DeviceRecord device = change.state().devices().find(asking).orElseThrow();
    return change.state().deliveries().holds(asking, request.id(), target)
        ? request.check(account, device)
        : Optional.of(Refusal.UNKNOWN_RETRY);
  }

  private void resend(
      DeviceAddress asking, RetryRequest request, DeviceAddress target, Change change) {
    AccountRecord phone = change.state().accounts().find(target.account()).orElseThrow();
    phones.resend(change, phone, asking, request.id(), request.count(), request.keys());
  }

  private static void forward(
      Client client, Node receipt, Jid to, DeviceAddress target, Change change) {
    AccountRecord from = change.state().accounts().find(client.device().account()).orElseThrow();
    NodeBuilder told =
        Node.builder("receipt")
            .attribute("from", Jids.like(to, from, client.device().device()))
            .attribute("id", receipt.requiredAttribute("id"))
            .attribute("t", change.state().seconds())
            .attribute("type", receipt.attribute("type"))
            .attribute("recipient", receipt.attribute("recipient"));
    if (!receipt.children().isEmpty()) {
      told.children(receipt.children());
    }
    Node stanza = told.build();
    for (DeviceRecord device : change.state().devices().of(target.account())) {
      var other = new DeviceAddress(target.account(), device.getId());
      boolean meant = target.isPhone() || target.equals(other);
      if (meant && !other.equals(client.device())) {
        change.queue(other, stanza);
      }
    }
  }

  private static Node acknowledgement(Node receipt, String id) {
    return Node.builder("ack")
        .attribute("class", "receipt")
        .attribute("id", id)
        .attribute("from", receipt.attribute("to"))
        .attribute("type", receipt.attribute("type"))
        .attribute("participant", receipt.attribute("participant"))
        .build();
  }
}
