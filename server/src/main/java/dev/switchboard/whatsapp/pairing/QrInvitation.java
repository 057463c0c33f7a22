package dev.switchboard.whatsapp.pairing;

import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.account.DeviceKeys;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Shows the server's references as QR codes, one after the other. */
final class QrInvitation implements Invitation {
  private static final int SECRET_BYTES = 32;

  private final ConnectorHost host;
  private final DeviceKeys keys;
  private final PairingLimits limits;
  private final InstantSource clock;
  private final byte[] secret = new byte[SECRET_BYTES];
  private QrCodes codes;
  private Instant deadline;

  QrInvitation(
      ConnectorHost host,
      DeviceKeys keys,
      PairingLimits limits,
      InstantSource clock,
      SecureRandom random) {
    this.host = host;
    this.keys = keys;
    this.limits = limits;
    this.clock = clock;
    this.deadline = clock.instant();
    random.nextBytes(secret);
    this.codes = new QrCodes(keys, secret, List.of());
  }

  @Override
  public void open(List<String> references) {
    codes = new QrCodes(keys, secret, references);
    show(clock.instant().plus(limits.firstCodeLifetime()));
  }

  @Override
  public void notified(Node registration) {
    // About a code that was never asked for.
  }

  @Override
  public void overdue(Instant now) {
    show(now.plus(limits.nextCodeLifetime()));
  }

  @Override
  public Instant deadline() {
    return deadline;
  }

  @Override
  public byte[] secret() {
    return secret;
  }

  /** Whoever knows the secret has scanned it. */
  @Override
  public boolean isBy(AccountProof proof) {
    return true;
  }

  private void show(Instant until) {
    String text =
        codes.next().orElseThrow(() -> Failed.with(StateCause.PAIRING_EXPIRED, "nobody scanned"));
    deadline = until;
    host.on(new ConnectorEvent.QrShown(text, until));
  }
}
