package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.fault.Manner;
import dev.switchboard.sandbox.handshake.Greeted;
import dev.switchboard.sandbox.link.ClientLink;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.network.StreamErrors;
import dev.switchboard.sandbox.presence.Onlookers;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.sandbox.stanza.StanzaRouter;
import dev.switchboard.whatsapp.proto.ClientPayload;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A connection of a linked device: authenticates it and hands on what it says. */
final class LoginSession {
  private static final int LOGGED_OUT = 401;
  private static final int TEMPORARY_BAN = 402;
  private static final int BAN_CODE = 101;
  private static final Duration BAN_TIME = Duration.ofHours(1);

  /** A silent client is not a dead one: the socket tells. */
  private static final Duration SILENCE = Duration.ofDays(365);

  private static final byte[] ROUTING = HexFormat.of().parseHex("08020802");

  private final Network network;
  private final StanzaRouter router;
  private final Faults faults;

  LoginSession(Network network, StanzaRouter router, Faults faults) {
    this.network = network;
    this.router = router;
    this.faults = faults;
  }

  /** Serves the connection until either side ends it. */
  void serve(ClientLink link, Greeted greeted) throws InterruptedException {
    Optional<Client> client = network.change(change -> logIn(change, link, greeted));
    if (client.isEmpty()) {
      return;
    }
    try {
      Optional<Node> next = link.receive(SILENCE);
      while (next.isPresent()) {
        Node stanza = next.get();
        network.update(change -> router.handle(client.get(), stanza, change));
        next = link.receive(SILENCE);
      }
    } finally {
      network.update(change -> Onlookers.leave(change, client.get()));
    }
  }

  private Optional<Client> logIn(Change change, ClientLink link, Greeted greeted) {
    ClientPayload payload = greeted.payload();
    var address =
        new DeviceAddress(Long.toUnsignedString(payload.getUsername()), payload.getDevice());
    if (change.state().devices().find(address).isPresent()) {
      link.belongsTo(address);
    }
    Optional<Manner> refusal = faults.strike(Fault.LOGIN_FAILURE, address);
    if (refusal.isPresent()) {
      return refuse(change, link, refusal.get());
    }
    Optional<AccountRecord> account = change.state().accounts().find(address.account());
    Optional<DeviceRecord> device =
        change
            .state()
            .devices()
            .find(address)
            .filter(
                known -> Arrays.equals(known.getNoiseKey().toByteArray(), greeted.clientStatic()));
    if (account.isEmpty() || device.isEmpty()) {
      change.state().refusals().count(Refusal.LOGIN);
      return refuse(change, link, Manner.USUAL.withCode(LOGGED_OUT));
    }
    var client = new Client(address, link);
    admit(change, client, account.get(), device.get(), payload);
    return Optional.of(client);
  }

  private void admit(
      Change change,
      Client client,
      AccountRecord account,
      DeviceRecord known,
      ClientPayload payload) {
    DeviceRecord device = known;
    if (!payload.getPushName().isEmpty() && !payload.getPushName().equals(known.getPushName())) {
      device = known.toBuilder().setPushName(payload.getPushName()).build();
      change.state().devices().put(client.device(), device);
    }
    Onlookers.see(change, client.device(), false); // Where it was seen was another connection.
    change
        .enter(client.device(), client.link())
        .ifPresent(earlier -> {
          change.say(earlier, StreamErrors.replaced());
          change.end(earlier);
        });
    change.say(client.link(), success(change, account, device));
    change.say(client.link(), routing());
    if (!payload.getPassive()) {
      // A client that is not passive does not ask for what waits: it expects it.
      router.activate(client, change);
    }
    endOnRequest(client.device())
        .ifPresent(farewell -> {
          change.say(client.link(), farewell);
          change.end(client.link());
        });
  }

  private Optional<Node> endOnRequest(DeviceAddress device) {
    Optional<Manner> error = faults.strike(Fault.STREAM_ERROR, device);
    if (error.isPresent()) {
      return error.map(manner -> StreamErrors.code(manner.code()));
    }
    if (faults.happens(Fault.CONFLICT_REPLACED, device)) {
      return Optional.of(StreamErrors.replaced());
    }
    return faults.happens(Fault.CONFLICT_DEVICE_REMOVED, device)
        ? Optional.of(StreamErrors.deviceRemoved())
        : Optional.empty();
  }

  private static Optional<Client> refuse(Change change, ClientLink link, Manner manner) {
    var failure =
        Node.builder("failure").attribute("reason", manner.code()).attribute("location", "frc");
    if (manner.code() == TEMPORARY_BAN) {
      failure
          .attribute("code", manner.detail() == 0 ? BAN_CODE : manner.detail())
          .attribute("expire", manner.timeOr(BAN_TIME).toSeconds());
    }
    change.say(link, failure.build());
    change.end(link);
    return Optional.empty();
  }

  private static Node success(Change change, AccountRecord account, DeviceRecord device) {
    String name = device.getPushName().isEmpty() ? account.getPushName() : device.getPushName();
    return Node.builder("success")
        .attribute("t", change.state().seconds())
        .attribute("props", 27)
        .attribute("companion_enc_static", device.getCompanionStatic().toStringUtf8())
        .attribute("creation", account.getCreated())
        .attribute("lid", Jids.hidden(account, device.getId()))
        .attribute("abprops", 5)
        .attribute("location", "frc")
        .attribute("display_name", name)
        .build();
  }

  private static Node routing() {
    return Node.builder("ib")
        .attribute("from", Jid.WHATSAPP)
        .child(Node.of("edge_routing", Node.of("routing_info", ROUTING)))
        .build();
  }
}
