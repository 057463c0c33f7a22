package dev.switchboard.whatsapp.pairing;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectionEnd.Lost;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.cobalt.ClientProfile;
import dev.switchboard.whatsapp.session.Courtesy;
import dev.switchboard.whatsapp.session.SessionEnded;
import dev.switchboard.whatsapp.session.StanzaHandler;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.Server;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Invites a phone until one links this device, then checks and stores what it signed. Ends with the
 * server's request to reconnect (515), which leads to the first login.
 */
public final class Pairing implements StanzaHandler {
  /** How much earlier than here the server may count the time of the last code as over. */
  private static final Duration EARLY = Duration.ofSeconds(5);

  private static final String PASSKEY_REQUEST = "passkey_prologue_request";

  private final StanzaStream stream;
  private final ConnectorHost host;
  private final DeviceKeys keys;
  private final PairingLimits limits;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Invitation invitation;
  private boolean invited;
  private boolean linked;
  private Instant deadline;

  public Pairing(
      StanzaStream stream,
      ConnectorHost host,
      DeviceKeys keys,
      ClientProfile profile,
      PairingLimits limits,
      InstantSource clock,
      SecureRandom random) {
    this.stream = stream;
    this.host = host;
    this.keys = keys;
    this.limits = limits;
    this.clock = clock;
    this.random = random;
    this.deadline = clock.instant().plus(limits.answerTimeout());
    this.invitation =
        switch (host.pairingMethod()) {
          case PairingMethod.QrCode _ -> new QrInvitation(host, keys, limits, clock, random);
          case PairingMethod.PhoneCode(var number) ->
              new CodeInvitation(
                  new Jid(number.digits(), 0, Server.USER),
                  stream,
                  host,
                  keys,
                  profile,
                  limits,
                  clock,
                  random);
        };
  }

  @Override
  public void handle(Node stanza) throws InterruptedException {
    if (stanza.tag().equals("notification")) {
      stream.send(Courtesy.ack(stanza));
      notified(stanza);
    } else if (stanza.tag().equals("iq")) {
      asked(stanza);
    }
  }

  @Override
  public void tick(Instant now) {
    if (now.isBefore(deadline())) {
      return;
    }
    if (linked) {
      // The credentials are stored: the login will tell whether the server has them too.
      throw new SessionEnded(new ConnectionEnd.Reconnect());
    }
    if (!invited) {
      throw new SessionEnded(new Lost(StateCause.SERVER_SILENT, "no codes from the server"));
    }
    invitation.overdue(now);
  }

  @Override
  public Instant deadline() {
    return invited && !linked ? invitation.deadline() : deadline;
  }

  /** What the connection's end means: a server that hangs up on the last code has waited. */
  public ConnectionEnd judge(ConnectionEnd end) {
    boolean waited = invited && !linked && !clock.instant().isBefore(deadline().minus(EARLY));
    return waited && end instanceof Lost
        ? new ConnectionEnd.NotPaired(StateCause.PAIRING_EXPIRED, "the server waits no longer")
        : end;
  }

  private void asked(Node iq) throws InterruptedException {
    Optional<Node> references = iq.child("pair-device");
    Optional<Node> success = iq.child("pair-success");
    if (references.isPresent()) {
      stream.send(Courtesy.result(iq));
      invitation.open(references.get().children("ref").stream().map(Node::text).toList());
      invited = true;
    } else if (success.isPresent()) {
      finish(iq, success.get());
    } else {
      sendIfAny(Courtesy.answer(iq));
      refusePasskey(iq);
    }
  }

  private void notified(Node notification) throws InterruptedException {
    refusePasskey(notification);
    Optional<Node> registration = notification.child("link_code_companion_reg");
    if (registration.isPresent() && !linked) {
      invitation.notified(registration.get());
    }
  }

  /**
   * Some accounts can be linked only with a passkey, which the account's own phone or browser holds
   * (read in public sources): nothing that a gateway could answer with.
   */
  private static void refusePasskey(Node stanza) {
    if (stanza.has("type", PASSKEY_REQUEST) || stanza.child(PASSKEY_REQUEST).isPresent()) {
      throw Failed.with(
          StateCause.PASSKEY_REQUIRED, "the account can be linked only with a passkey");
    }
  }

  private void finish(Node iq, Node success) throws InterruptedException {
    try {
      PairSuccess result = PairSuccess.read(success, invitation.secret(), keys, random);
      if (!invitation.isBy(result.proof())) {
        throw new ProofRefused("signature-mismatch");
      }
      // Durable before the server hears of it: a device that the server knows and we forgot
      // would stay in the phone's list for ever.
      host.records().commit(result.changes());
      stream.send(Courtesy.result(iq, result.pairDeviceSign()));
      host.on(new ConnectorEvent.Paired(result.own()));
    } catch (ProofRefused e) {
      stream.send(Courtesy.error(iq, "401", e.text()));
      throw Failed.with(StateCause.PAIRING_REFUSED, e.text());
    }
    linked = true;
    deadline = clock.instant().plus(limits.answerTimeout());
  }

  private void sendIfAny(Optional<Node> answer) throws InterruptedException {
    if (answer.isPresent()) {
      stream.send(answer.get());
    }
  }
}
