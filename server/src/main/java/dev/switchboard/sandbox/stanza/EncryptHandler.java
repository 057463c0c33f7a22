package dev.switchboard.sandbox.stanza;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Prekeys.Prekey;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.phone.signal.Bundles;
import dev.switchboard.sandbox.phone.signal.PrekeyNodes;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.sandbox.record.SignedPrekeyRecord;
import dev.switchboard.whatsapp.signal.PreKeyBundle;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Prekeys: counted, uploaded, checked and given out. */
final class EncryptHandler implements RequestHandler {
  private final Activation activation;
  private final Bundles bundles;
  private final Faults faults;

  EncryptHandler(Activation activation, Bundles bundles, Faults faults) {
    this.activation = activation;
    this.bundles = bundles;
    this.faults = faults;
  }

  @Override
  public Node answer(Client client, Node request, Change change) {
    if (request.child("count").isPresent()) {
      int count = change.state().prekeys().count(client.device());
      return Answers.result(request, Node.builder("count").attribute("value", count).build());
    }
    if (request.child("digest").isPresent()) {
      return digest(client, request, change);
    }
    if (request.child("key").isPresent()) {
      return give(client, request, change);
    }
    if (request.child("rotate").isPresent()) {
      return rotate(client, request, change);
    }
    return upload(client, request, change);
  }

  private static Node digest(Client client, Node request, Change change) {
    List<Prekey> prekeys = change.state().prekeys().all(client.device());
    if (prekeys.isEmpty()) {
      return Answers.error(request, Answers.NOT_FOUND);
    }
    DeviceRecord device = change.state().devices().find(client.device()).orElseThrow();
    return Answers.result(request, PrekeyNodes.digest(device, prekeys));
  }

  private Node upload(Client client, Node request, Change change) {
    DeviceRecord device = change.state().devices().find(client.device()).orElseThrow();
    SignedPrekeyRecord signed = PrekeyNodes.signedPrekey(request.requiredChild("skey"));
    byte[] identity = request.requiredChild("identity").bytes();
    boolean sound =
        Arrays.equals(identity, device.getIdentity().toByteArray())
            && PrekeyNodes.isSigned(device, signed);
    if (!sound) {
      change.state().refusals().count(Refusal.SIGNED_PREKEY_SIGNATURE);
      return Answers.error(request, Answers.NOT_ACCEPTABLE);
    }
    List<Prekey> prekeys =
        request.requiredChild("list").children("key").stream().map(PrekeyNodes::prekey).toList();
    if (!change.state().prekeys().hasRoom(client.device(), prekeys.size())) {
      change.state().refusals().count(Refusal.TOO_MANY_PREKEYS);
      return Answers.error(request, Answers.NOT_ACCEPTABLE);
    }
    change
        .state()
        .devices()
        .put(client.device(), device.toBuilder().setSignedPrekey(signed).build());
    prekeys.forEach(prekey -> change.state().prekeys().put(client.device(), prekey));
    activation.prekeysArrived(client, change);
    return Answers.result(request);
  }

  private static Node rotate(Client client, Node request, Change change) {
    DeviceRecord device = change.state().devices().find(client.device()).orElseThrow();
    Node rotate = request.requiredChild("rotate");
    SignedPrekeyRecord signed = PrekeyNodes.signedPrekey(rotate.requiredChild("skey"));
    if (!PrekeyNodes.isSigned(device, signed)) {
      change.state().refusals().count(Refusal.SIGNED_PREKEY_SIGNATURE);
      return Answers.error(request, Answers.NOT_ACCEPTABLE);
    }
    change
        .state()
        .devices()
        .put(client.device(), device.toBuilder().setSignedPrekey(signed).build());
    return Answers.result(request);
  }

  private Node give(Client client, Node request, Change change) {
    List<Node> users =
        request.requiredChild("key").children("user").stream()
            .map(user -> giveTo(client, user, change))
            .toList();
    return Answers.result(request, Node.of("list", users));
  }

  private Node giveTo(Client client, Node user, Change change) {
    NodeBuilder answer = Node.builder("user").attribute("jid", user.requiredAttribute("jid"));
    Optional<DeviceAddress> device = user.jid("jid").flatMap(change.state().accounts()::address);
    Optional<PreKeyBundle> bundle = device.flatMap(address -> bundles.take(change, address));
    if (bundle.isEmpty()) {
      Node error =
          Node.builder("error")
              .attribute("code", Answers.NOT_FOUND)
              .attribute("text", "item-not-found")
              .build();
      return answer.child(error).build();
    }
    return answer
        .attribute("t", change.state().seconds())
        .children(PrekeyNodes.bundle(sound(bundle.get(), client)))
        .build();
  }

  private PreKeyBundle sound(PreKeyBundle bundle, Client client) {
    if (!faults.happens(Fault.SIGNED_PREKEY_SIGNATURE, client.device())) {
      return bundle;
    }
    return new PreKeyBundle(
        bundle.registrationId(),
        bundle.identity(),
        bundle.signedPreKeyId(),
        bundle.signedPreKey(),
        Faults.damaged(bundle.signature()),
        bundle.oneTimeKey());
  }
}
