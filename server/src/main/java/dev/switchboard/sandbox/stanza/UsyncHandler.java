package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.device.DeviceList;
import dev.switchboard.sandbox.device.DeviceLists;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.util.List;
import java.util.Optional;

/** Who somebody is: devices, hidden JID, whether a number is on the network at all. */
final class UsyncHandler implements RequestHandler {
  private final DeviceLists lists;
  private final Faults faults;

  UsyncHandler(DeviceLists lists, Faults faults) {
    this.lists = lists;
    this.faults = faults;
  }

  @Override
  public Node answer(Client client, Node request, Change change) {
    Node usync = request.requiredChild("usync");
    List<String> questions =
        usync.requiredChild("query").children().stream().map(Node::tag).toList();
    boolean named = !faults.happens(Fault.LID_HIDDEN, client.device());
    List<Node> users =
        usync.requiredChild("list").children("user").stream()
            .map(user -> user(user, questions, named, change))
            .toList();
    return Answers.result(
        request,
        Node.builder("usync")
            .attribute("index", usync.attribute("index"))
            .attribute("last", "true")
            .attribute("mode", usync.attribute("mode"))
            .attribute("context", usync.attribute("context"))
            .attribute("sid", usync.attribute("sid"))
            .child(Node.of("result", questions.stream().map(Node::of).toList()))
            .child(Node.of("list", users))
            .build());
  }

  private Node user(Node user, List<String> questions, boolean named, Change change) {
    Optional<Jid> jid = user.jid("jid").or(() -> byNumber(user));
    Optional<AccountRecord> account = jid.flatMap(change.state().accounts()::find);
    NodeBuilder answer = Node.builder("user").attribute("jid", jid.map(Jid::toString));
    if (named && jid.filter(Jid::isLid).isPresent()) {
      answer.attribute("pn_jid", account.map(known -> Jids.byNumber(known, 0)).map(Jid::toString));
    }
    for (String question : questions) {
      if (question.equals("contact")) {
        String type = account.isPresent() ? "in" : "out";
        answer.child(Node.builder("contact").attribute("type", type).build());
      } else if (named || !question.equals("lid")) {
        account
            .flatMap(known -> fact(question, jid.orElseThrow(), known, change))
            .ifPresent(answer::child);
      }
    }
    return answer.build();
  }

  private static Optional<Jid> byNumber(Node user) {
    return user.child("contact")
        .map(contact -> contact.text().replaceAll("[^0-9]", ""))
        .filter(digits -> !digits.isEmpty() && digits.length() <= 15)
        .map(Jid::ofPhoneNumber);
  }

  private Optional<Node> fact(String question, Jid jid, AccountRecord account, Change change) {
    return switch (question) {
      case "devices" -> Optional.of(devices(account, change));
      case "lid" ->
          jid.isLid()
              ? Optional.empty()
              : Optional.of(Node.builder("lid").attribute("val", Jids.hidden(account, 0)).build());
      case "status" ->
          Optional.of(Node.builder("status").attribute("t", account.getCreated()).build());
      case "disappearing_mode" ->
          Optional.of(
              Node.builder("disappearing_mode").attribute("duration", 0).attribute("t", 0).build());
      default -> Optional.empty();
    };
  }

  private Node devices(AccountRecord account, Change change) {
    DeviceList told = lists.told(change, account);
    return Node.of("devices", Node.of("device-list", told.devices()), lists.signed(told));
  }
}
