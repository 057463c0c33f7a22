package dev.switchboard.whatsapp.session;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.ConnectionEnd.Lost;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.whatsapp.crypto.KeyPair;
import dev.switchboard.whatsapp.link.Mail;
import dev.switchboard.whatsapp.link.Mailbox;
import dev.switchboard.whatsapp.link.NodeLink;
import dev.switchboard.whatsapp.socket.SocketLink;
import dev.switchboard.whatsapp.wire.frame.ClientHeader;
import dev.switchboard.whatsapp.wire.frame.FrameReader;
import dev.switchboard.whatsapp.wire.frame.FrameWriter;
import dev.switchboard.whatsapp.wire.noise.ClientHandshake;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;

/** Turns an open websocket into an encrypted stream with a server that proved who it is. */
public final class Opening {
  private final SessionLimits limits;
  private final byte[] rootKey;
  private final int maximumFrameBytes;
  private final InstantSource clock;
  private final SecureRandom random;

  public Opening(
      SessionLimits limits,
      byte[] rootKey,
      int maximumFrameBytes,
      InstantSource clock,
      SecureRandom random) {
    this.limits = limits;
    this.rootKey = rootKey.clone();
    this.maximumFrameBytes = maximumFrameBytes;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Does the handshake.
   *
   * @param clientPayload who logs in or registers, serialized
   * @throws SessionEnded when the server goes or says nothing
   * @throws dev.switchboard.whatsapp.wire.noise.CertificateRefusedException when it is not the
   *     server it has to be: nothing of the account was said yet
   */
  public NodeLink open(
      SocketLink socket,
      Mailbox mailbox,
      ClientHeader header,
      KeyPair noiseKey,
      byte[] clientPayload)
      throws InterruptedException {
    mailbox.onResume(socket::resumeReading);
    FrameReader reader = FrameReader.ofClient(maximumFrameBytes);
    FrameWriter writer = FrameWriter.ofClient(header);
    ArrayDeque<byte[]> frames = new ArrayDeque<>(2);
    ClientHandshake handshake = new ClientHandshake(noiseKey, rootKey, clock, random);
    socket.send(writer.write(handshake.hello()));
    ClientHandshake.Finished finished =
        handshake.finish(firstFrame(mailbox, reader, frames), clientPayload);
    socket.send(writer.write(finished.message()));
    return new NodeLink(socket, mailbox, finished.transport(), reader, writer, frames);
  }

  private byte[] firstFrame(Mailbox mailbox, FrameReader reader, ArrayDeque<byte[]> frames)
      throws InterruptedException {
    Instant deadline = clock.instant().plus(limits.handshakeTimeout());
    while (frames.isEmpty()) {
      Duration remaining = Duration.between(clock.instant(), deadline);
      switch (mailbox.nextPiece(remaining.isNegative() ? Duration.ZERO : remaining)) {
        case Mail.Piece(var bytes) -> frames.addAll(reader.read(bytes));
        case Mail.Stop _ -> throw new SessionEnded(new ConnectionEnd.Stopped());
        case Mail.Ended _ -> throw lost(StateCause.CONNECTION_LOST, "closed in the handshake");
        case Mail.Nothing _, Mail.Ordered _ ->
            throw lost(StateCause.SERVER_SILENT, "no answer in the handshake");
      }
    }
    return frames.remove();
  }

  private static SessionEnded lost(StateCause cause, String detail) {
    return new SessionEnded(new Lost(cause, detail));
  }
}
