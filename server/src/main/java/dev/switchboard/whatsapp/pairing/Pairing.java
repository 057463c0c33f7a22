package dev.switchboard.whatsapp.pairing;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectionEnd.NotPaired;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.session.Courtesy;
import dev.switchboard.whatsapp.session.SessionEnded;
import dev.switchboard.whatsapp.session.StanzaHandler;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows codes until a phone scans one, then checks and stores what the phone signed. Ends with the
 * server's request to reconnect (515), which leads to the first login.
 */
public final class Pairing implements StanzaHandler {
  private static final int SECRET_BYTES = 32;

  private final StanzaStream stream;
  private final ConnectorHost host;
  private final DeviceKeys keys;
  private final PairingLimits limits;
  private final InstantSource clock;
  private final SecureRandom random;
  private final byte[] secret = new byte[SECRET_BYTES];
  private @Nullable QrCodes codes;
  private boolean linked;
  private Instant deadline;

  public Pairing(
      StanzaStream stream,
      ConnectorHost host,
      DeviceKeys keys,
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
    random.nextBytes(secret);
  }

  @Override
  public void handle(Node stanza) throws InterruptedException {
    Optional<Node> references = stanza.child("pair-device");
    Optional<Node> success = stanza.child("pair-success");
    if (!stanza.tag().equals("iq")) {
      acknowledge(stanza);
    } else if (references.isPresent()) {
      stream.send(Courtesy.result(stanza));
      begin(references.get());
    } else if (success.isPresent()) {
      finish(stanza, success.get());
    } else {
      sendIfAny(Courtesy.answer(stanza));
    }
  }

  @Override
  public void tick(Instant now) {
    if (now.isBefore(deadline)) {
      return;
    }
    if (linked) {
      // The credentials are stored: the login will tell whether the server has them too.
      throw new SessionEnded(new ConnectionEnd.Reconnect());
    }
    if (codes == null) {
      throw new SessionEnded(
          new ConnectionEnd.Lost(StateCause.SERVER_SILENT, "no codes from the server"));
    }
    show(codes, now.plus(limits.nextCodeLifetime()));
  }

  @Override
  public Instant deadline() {
    return deadline;
  }

  private void begin(Node references) {
    QrCodes fresh =
        new QrCodes(keys, secret, references.children("ref").stream().map(Node::text).toList());
    codes = fresh;
    show(fresh, clock.instant().plus(limits.firstCodeLifetime()));
  }

  private void show(QrCodes shown, Instant until) {
    String text =
        shown.next().orElseThrow(() -> notPaired(StateCause.PAIRING_EXPIRED, "nobody scanned"));
    deadline = until;
    host.on(new ConnectorEvent.QrShown(text, until));
  }

  private void finish(Node iq, Node success) throws InterruptedException {
    try {
      PairSuccess result = PairSuccess.read(success, secret, keys, random);
      // Durable before the server hears of it: a device that the server knows and we forgot
      // would stay in the phone's list for ever.
      host.records().commit(result.changes());
      stream.send(Courtesy.result(iq, result.pairDeviceSign()));
      host.on(new ConnectorEvent.Paired(result.own()));
    } catch (ProofRefused e) {
      stream.send(Courtesy.error(iq, "401", e.text()));
      throw notPaired(StateCause.PAIRING_REFUSED, e.text());
    }
    linked = true;
    deadline = clock.instant().plus(limits.answerTimeout());
  }

  private void acknowledge(Node stanza) throws InterruptedException {
    if (stanza.tag().equals("notification")) {
      stream.send(Courtesy.ack(stanza));
    }
  }

  private void sendIfAny(Optional<Node> answer) throws InterruptedException {
    if (answer.isPresent()) {
      stream.send(answer.get());
    }
  }

  private static SessionEnded notPaired(StateCause cause, String detail) {
    return new SessionEnded(new NotPaired(cause, detail));
  }
}
