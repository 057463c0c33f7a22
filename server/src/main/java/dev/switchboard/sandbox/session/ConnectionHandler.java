package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.account.AccountSignatures;
import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.device.DeviceNotices;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.handshake.ConnectionEndedException;
import dev.switchboard.sandbox.handshake.FrameExchange;
import dev.switchboard.sandbox.handshake.Greeted;
import dev.switchboard.sandbox.handshake.Handshake;
import dev.switchboard.sandbox.handshake.NoiseIdentity;
import dev.switchboard.sandbox.link.ClientLink;
import dev.switchboard.sandbox.link.Surroundings;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.network.NetworkLimits;
import dev.switchboard.sandbox.network.NetworkState;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.network.StreamErrors;
import dev.switchboard.sandbox.phone.People;
import dev.switchboard.sandbox.socket.ByteLink;
import dev.switchboard.sandbox.socket.ByteLinkHandler;
import dev.switchboard.sandbox.stanza.StanzaRouter;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.wire.WireException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves websockets: the handshake, then pairing or a login. */
public final class ConnectionHandler implements ByteLinkHandler {
  private static final int BAD_REQUEST = 400;

  private final Network network;
  private final Surroundings surroundings;
  private final AtomicInteger strangers = new AtomicInteger();
  private final Handshake handshake;
  private final NetworkLimits limits;
  private final PairingSession pairing;
  private final LoginSession login;
  private final Scanner scanner;
  private final Keyboard keyboard;

  public ConnectionHandler(
      Network network,
      NetworkState state,
      NoiseIdentity identity,
      StanzaRouter router,
      People people,
      DeviceNotices notices,
      Surroundings surroundings,
      SecureRandom random) {
    Faults faults = surroundings.faults();
    this.network = network;
    this.surroundings = surroundings;
    this.handshake = new Handshake(identity, faults, random);
    this.limits = state.limits();
    var desk = new PairingDesk();
    var certificates =
        new PairingCertificates(new AccountSignatures(random), random, state.clock(), faults);
    this.pairing = new PairingSession(network, desk, certificates, limits, state.clock(), notices);
    this.login = new LoginSession(network, router, faults);
    this.scanner = new Scanner(network, desk, people);
    this.keyboard = new Keyboard(network, desk, state.clock(), random);
  }

  /** The camera that reads what the connections show. */
  public Scanner scanner() {
    return scanner;
  }

  /** The phones on which the codes are typed that the connections show. */
  public Keyboard keyboard() {
    return keyboard;
  }

  @Override
  public void serve(ByteLink bytes) throws InterruptedException {
    var frames = new FrameExchange(bytes, limits.handshakePatience());
    Greeted greeted;
    try {
      greeted = handshake.run(frames);
    } catch (CryptoException | WireException | ConnectionEndedException e) {
      network.refusals().count(Refusal.HANDSHAKE);
      return;
    }
    var link = new ClientLink(bytes, frames, greeted.transport(), surroundings, stranger());
    Thread.sleep(limits.firstNodeDelay());
    try {
      serve(link, greeted);
    } catch (CryptoException e) {
      network.refusals().count(Refusal.FRAME_MAC);
    } catch (WireException e) {
      network.refusals().count(Refusal.MALFORMED_FRAME);
    }
  }

  /** Stands for a client until it has logged in. */
  private DeviceAddress stranger() {
    return new DeviceAddress("", strangers.incrementAndGet());
  }

  private void serve(ClientLink link, Greeted greeted) throws InterruptedException {
    if (!greeted.payload().hasDevicePairingData()) {
      login.serve(link, greeted);
      return;
    }
    Optional<Applicant> applicant = Applicant.of(greeted.clientStatic(), greeted.payload());
    if (applicant.isPresent()) {
      pairing.serve(link, applicant.get());
      return;
    }
    network.refusals().count(Refusal.SIGNED_PREKEY_SIGNATURE);
    network.update(change -> {
      change.say(link, StreamErrors.code(BAD_REQUEST));
      change.end(link);
    });
    link.receive(Duration.ofSeconds(1));
  }
}
