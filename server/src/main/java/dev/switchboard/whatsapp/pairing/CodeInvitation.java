package dev.switchboard.whatsapp.pairing;

import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.cobalt.ClientProfile;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.linkcode.Agreement;
import dev.switchboard.whatsapp.linkcode.CodeExchange;
import dev.switchboard.whatsapp.linkcode.CodeStanzas;
import dev.switchboard.whatsapp.linkcode.LinkCode;
import dev.switchboard.whatsapp.linkcode.PrimaryHello;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a code that a person types on the phone.
 *
 * <p>A code answers one phone once: every further answer would let somebody guess again. When a
 * phone comes a second time, or the server asks for it, a new code takes the place of the old one,
 * a few times at most and never beyond the time of the first.
 */
final class CodeInvitation implements Invitation {
  private static final int SECRET_BYTES = 32;
  private static final int SERVER_ERRORS = 500;

  private final Jid phone;
  private final StanzaStream stream;
  private final ConnectorHost host;
  private final DeviceKeys keys;
  private final ClientProfile profile;
  private final PairingLimits limits;
  private final InstantSource clock;
  private final SecureRandom random;
  private final byte[] nobodysSecret = new byte[SECRET_BYTES];
  private @Nullable Attempt attempt;
  private @Nullable Agreement agreement;
  private int shown;
  private Instant deadline;

  CodeInvitation(
      Jid phone,
      StanzaStream stream,
      ConnectorHost host,
      DeviceKeys keys,
      ClientProfile profile,
      PairingLimits limits,
      InstantSource clock,
      SecureRandom random) {
    this.phone = phone;
    this.stream = stream;
    this.host = host;
    this.keys = keys;
    this.profile = profile;
    this.limits = limits;
    this.clock = clock;
    this.random = random;
    this.deadline = clock.instant();
    random.nextBytes(nobodysSecret);
  }

  @Override
  public void open(List<String> references) throws InterruptedException {
    if (attempt == null) { // The server may give references of QR codes anew.
      deadline = clock.instant().plus(limits.codeLifetime());
      show();
    }
  }

  @Override
  public void notified(Node registration) throws InterruptedException {
    Attempt current = attempt;
    if (current == null || !current.isMeantBy(registration)) {
      return;
    }
    if (registration.has("stage", "primary_hello")) {
      answer(current, registration);
    } else if (registration.has("stage", "refresh_code")) {
      refresh(registration.has("force_manual_refresh", "true"));
    }
  }

  @Override
  public void overdue(Instant now) {
    throw Failed.with(StateCause.PAIRING_EXPIRED, "nobody typed the code");
  }

  @Override
  public Instant deadline() {
    return deadline;
  }

  @Override
  public byte[] secret() {
    Agreement agreed = agreement;
    return agreed == null ? nobodysSecret : agreed.secret();
  }

  /** Other clients do not look at this, but it holds: the identity that agreed is what signs. */
  @Override
  public boolean isBy(AccountProof proof) {
    Agreement agreed = agreement;
    return agreed != null && MessageDigest.isEqual(agreed.phoneIdentity(), proof.accountKey());
  }

  private void show() throws InterruptedException {
    if (shown == limits.codes()) {
      throw Failed.with(StateCause.PAIRING_REFUSED, "wrong codes were typed too often");
    }
    shown++;
    agreement = null;
    CodeExchange exchange =
        new CodeExchange(LinkCode.generate(random), keys.identity().keyPair(), random);
    Node reply =
        request(
            CodeStanzas.hello(phone, exchange.wrappedKey(), keys.noiseKey().publicKey(), profile));
    attempt = new Attempt(exchange, reference(reply));
    host.on(new ConnectorEvent.CodeShown(exchange.code().shown(), deadline));
  }

  private void answer(Attempt current, Node registration) throws InterruptedException {
    if (agreement != null) {
      show();
      return;
    }
    Agreement agreed = agree(current.exchange(), registration);
    agreement = agreed;
    Node _ =
        request(
            CodeStanzas.finish(
                phone, agreed, keys.identity().keyPair().publicKey(), current.reference()));
  }

  private static Agreement agree(CodeExchange exchange, Node registration) {
    try {
      return exchange.agree(PrimaryHello.read(registration));
    } catch (WireException | CryptoException e) {
      throw Failed.with(StateCause.PAIRING_REFUSED, "the phone's keys are not sound");
    }
  }

  private void refresh(boolean byHand) throws InterruptedException {
    if (byHand) {
      throw Failed.with(StateCause.PAIRING_REFUSED, "the network takes no code any more");
    }
    show();
  }

  private Node request(Node registration) throws InterruptedException {
    try {
      return stream.request("set", "md", registration);
    } catch (RequestRefused e) {
      StateCause cause =
          e.code() >= SERVER_ERRORS ? StateCause.SERVICE_UNAVAILABLE : StateCause.PAIRING_REFUSED;
      throw Failed.with(cause, "error " + e.code());
    }
  }

  private static byte[] reference(Node reply) {
    try {
      return CodeStanzas.reference(reply);
    } catch (WireException e) {
      throw Failed.with(StateCause.PAIRING_REFUSED, "the server gave no reference");
    }
  }

  /** One code, and what the server calls it. */
  @SuppressWarnings("ArrayRecordComponent") // never changed and never compared
  private record Attempt(CodeExchange exchange, byte[] reference) {
    boolean isMeantBy(Node registration) {
      try {
        return MessageDigest.isEqual(reference, CodeStanzas.referenceIn(registration));
      } catch (WireException e) {
        return false;
      }
    }
  }
}
