package dev.switchboard.sandbox.message;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.phone.Phones;
import dev.switchboard.sandbox.phone.inbox.Arrival;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands each part of a message to its device. */
final class Fanout {
  private final Phones phones;
  private final Faults faults;

  Fanout(Phones phones, Faults faults) {
    this.phones = phones;
    this.faults = faults;
  }

  /** Devices of both sides that the sender has not encrypted for. */
  List<Jid> missing(DirectMessage message, Change change) {
    if (message.isForSomeDevices()) {
      return List.of();
    }
    Set<DeviceAddress> reached =
        message.parts().stream()
            .flatMap(part -> change.state().accounts().address(part.to()).stream())
            .collect(Collectors.toSet());
    return expected(message, change).stream()
        .filter(jid -> !reached.contains(change.state().accounts().address(jid).orElseThrow()))
        .toList();
  }

  /** Every device that should get the message. */
  List<Jid> expected(DirectMessage message, Change change) {
    var all = new ArrayList<Jid>();
    addDevices(message, message.peer(), change, all);
    if (!message.isSender(message.peer())) {
      addDevices(message, message.sender(), change, all);
    }
    return all;
  }

  private static void addDevices(
      DirectMessage message, AccountRecord account, Change change, List<Jid> all) {
    all.add(Jids.like(message.to(), account, 0));
    for (DeviceRecord device : change.state().devices().of(account.getPhoneNumber())) {
      boolean self = message.isSender(account) && device.getId() == message.device().device();
      if (!self) {
        all.add(Jids.like(message.to(), account, device.getId()));
      }
    }
  }

  /** Delivers every part, in the order in which the sender wrote them. */
  void send(DirectMessage message, Change change) {
    for (DirectMessage.Part part : message.parts()) {
      DeviceAddress target = change.state().accounts().address(part.to()).orElseThrow();
      if (target.isPhone()) {
        toPhone(message, part, target, change);
      } else if (change.state().devices().find(target).isEmpty()) {
        change.state().refusals().count(Refusal.UNKNOWN_DEVICE);
      } else if (!target.equals(message.device())) {
        change.queue(target, stanza(message, part, target, change));
      }
    }
  }

  private void toPhone(
      DirectMessage message, DirectMessage.Part part, DeviceAddress target, Change change) {
    AccountRecord phone = change.state().accounts().find(target.account()).orElseThrow();
    phones.receive(
        change,
        new Arrival(
            phone,
            message.device(),
            chat(message, change),
            part.to(),
            message.stanza().requiredAttribute("id"),
            part.attempt()),
        part.ciphertext());
  }

  private Node stanza(
      DirectMessage message, DirectMessage.Part part, DeviceAddress target, Change change) {
    Node sent = message.stanza();
    boolean hidden = faults.happens(Fault.LID_HIDDEN, target);
    Jid form = hidden ? Jids.byNumber(message.sender(), 0) : part.to();
    NodeBuilder stanza =
        Node.builder("message")
            .attribute("from", Jids.like(form, message.sender(), message.device().device()))
            .attribute("id", sent.requiredAttribute("id"))
            .attribute("t", change.state().seconds())
            .attribute("type", sent.attribute("type"))
            .attribute("notify", notify(message, change))
            .attribute("edit", sent.attribute("edit"))
            .attribute("category", sent.attribute("category"));
    if (!hidden) {
      name(stanza, form, message.sender());
    }
    if (target.account().equals(message.device().account()) && !message.isPeerMessage()) {
      stanza.attribute("recipient", recipient(message));
    }
    return stanza
        .child(damagedOnRequest(part.enc(), target))
        .children(
            message.attachments().stream().map(each -> forgedOnRequest(each, target)).toList())
        .build();
  }

  /** The sender's other name. */
  private static void name(NodeBuilder stanza, Jid form, AccountRecord sender) {
    if (form.isLid()) {
      stanza.attribute("sender_pn", Jids.byNumber(sender, 0)).attribute("addressing_mode", "lid");
    } else {
      stanza.attribute("sender_lid", Jids.hidden(sender, 0));
    }
  }

  /** An answer to a retry is addressed to the own device and names the chat itself. */
  private static AccountRecord chat(DirectMessage message, Change change) {
    return message
        .stanza()
        .jid("recipient")
        .filter(_ -> message.isSender(message.peer()))
        .flatMap(change.state().accounts()::find)
        .orElse(message.peer());
  }

  private static String recipient(DirectMessage message) {
    return message.stanza().attribute("recipient").orElse(message.to().toString());
  }

  private static String notify(DirectMessage message, Change change) {
    String own =
        change.state().devices().find(message.device()).map(DeviceRecord::getPushName).orElse("");
    return own.isEmpty() ? message.sender().getPushName() : own;
  }

  private Node forgedOnRequest(Node attachment, DeviceAddress target) {
    boolean proof = attachment.tag().equals("device-identity");
    return proof && faults.happens(Fault.DEVICE_IDENTITY, target)
        ? Node.of("device-identity", Faults.damaged(attachment.bytes()))
        : attachment;
  }

  private Node damagedOnRequest(Node enc, DeviceAddress target) {
    return Node.of(enc.tag(), enc.attributes(), faults.carried(enc.bytes(), target));
  }
}
