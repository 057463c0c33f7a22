package dev.switchboard.sandbox.handshake;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.whatsapp.proto.ClientPayload;
import dev.switchboard.whatsapp.wire.WireException;
import dev.switchboard.whatsapp.wire.noise.ServerHandshake;
import dev.switchboard.whatsapp.wire.noise.ServerHandshake.Client;
import dev.switchboard.whatsapp.wire.noise.ServerHandshake.Step;
import java.security.SecureRandom;

/** Exchanges frames with a client until both know the keys. */
public final class Handshake {
  private final NoiseIdentity identity;
  private final Faults faults;
  private final SecureRandom random;

  public Handshake(NoiseIdentity identity, Faults faults, SecureRandom random) {
    this.identity = identity;
    this.faults = faults;
    this.random = random;
  }

  /**
   * Runs one.
   *
   * @throws WireException if the client's side of it is wrong
   * @throws ConnectionEndedException if the client goes or takes too long
   */
  public Greeted run(FrameExchange frames) throws InterruptedException {
    var handshake = new ServerHandshake(identity.server(), chain(), random);
    Step step = handshake.hello(frames.receive());
    frames.send(step.reply());
    return switch (step) {
      case Step.Resumed resumed -> greeted(resumed.client());
      case Step.Continue _ -> greeted(handshake.finish(frames.receive()));
    };
  }

  private byte[] chain() {
    return faults.happens(Fault.CERTIFICATE_CHAIN) ? identity.forgedChain() : identity.chain();
  }

  private static Greeted greeted(Client client) {
    try {
      return new Greeted(
          client.staticKey(), ClientPayload.parseFrom(client.payload()), client.transport());
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("the client's payload is none", e);
    }
  }
}
