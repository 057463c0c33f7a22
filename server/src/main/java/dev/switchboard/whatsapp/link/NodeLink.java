package dev.switchboard.whatsapp.link;

import dev.switchboard.whatsapp.socket.SocketLink;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.codec.NodeDecoder;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
import dev.switchboard.whatsapp.wire.frame.FrameReader;
import dev.switchboard.whatsapp.wire.frame.FrameWriter;
import dev.switchboard.whatsapp.wire.noise.NoiseTransport;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Nodes over an encrypted stream: encodes, encrypts and frames, and the reverse. */
public final class NodeLink implements StanzaLink {
  private final SocketLink socket;
  private final Mailbox mailbox;
  private final NoiseTransport noise;
  private final FrameReader reader;
  private final FrameWriter writer;
  private final ArrayDeque<byte[]> frames;

  public NodeLink(
      SocketLink socket,
      Mailbox mailbox,
      NoiseTransport noise,
      FrameReader reader,
      FrameWriter writer,
      ArrayDeque<byte[]> frames) {
    this.socket = socket;
    this.mailbox = mailbox;
    this.noise = noise;
    this.reader = reader;
    this.writer = writer;
    this.frames = frames;
  }

  @Override
  public void send(Node node) throws InterruptedException {
    socket.send(writer.write(noise.encrypt(NodeEncoder.encode(node))));
  }

  @Override
  public @Nullable Node poll() {
    // Frames decrypt only in their order, and the last ones may never be asked for.
    byte[] frame = frames.poll();
    return frame == null ? null : NodeDecoder.decode(noise.decrypt(frame));
  }

  @Override
  public void feed(byte[] piece) {
    frames.addAll(reader.read(piece));
  }

  @Override
  public Mail await(Duration patience, boolean withOrders) throws InterruptedException {
    return withOrders ? mailbox.next(patience) : mailbox.nextPiece(patience);
  }
}
