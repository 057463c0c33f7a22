package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.handshake.FrameExchange;
import dev.switchboard.sandbox.network.Link;
import dev.switchboard.sandbox.socket.ByteLink;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import dev.switchboard.whatsapp.wire.codec.NodeDecoder;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
import dev.switchboard.whatsapp.wire.noise.NoiseTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Stanzas over an encrypted connection. */
final class ClientLink implements Link {
  /** Offered and not yet written; a queue of offline messages has to fit. */
  private static final int OUTBOUND_STANZAS = 8_192;

  private final ByteLink bytes;
  private final FrameExchange frames;
  private final NoiseTransport transport;
  private final ConcurrentLinkedQueue<Outbound> outbound = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ReentrantLock writing = new ReentrantLock();

  ClientLink(ByteLink bytes, FrameExchange frames, NoiseTransport transport) {
    this.bytes = bytes;
    this.frames = frames;
    this.transport = transport;
  }

  /** The client's next stanza; empty when it is gone or said nothing in time. */
  Optional<Node> receive(Duration patience) throws InterruptedException {
    byte[] frame = frames.receive(patience);
    return frame == null ? Optional.empty() : Optional.of(NodeDecoder.decode(decrypt(frame)));
  }

  private byte[] decrypt(byte[] frame) {
    try {
      return transport.decrypt(frame);
    } catch (WireException e) {
      throw new CryptoException("a frame was not encrypted with the connection's keys", e);
    }
  }

  @Override
  public void offer(Node stanza) {
    if (waiting.incrementAndGet() > OUTBOUND_STANZAS) {
      bytes.abort();
      return;
    }
    outbound.add(new Outbound.Stanza(stanza));
  }

  @Override
  public void offerEnd() {
    outbound.add(new Outbound.End());
  }

  @Override
  public void abort() {
    bytes.abort();
  }

  @Override
  public void drain() {
    writing.lock();
    try {
      for (Outbound next = outbound.poll(); next != null; next = outbound.poll()) {
        write(next);
      }
    } finally {
      writing.unlock();
    }
  }

  private void write(Outbound next) {
    switch (next) {
      case Outbound.Stanza(var stanza) -> {
        waiting.decrementAndGet();
        frames.send(transport.encrypt(NodeEncoder.encode(stanza)));
      }
      case Outbound.End() -> bytes.close();
    }
  }

  private sealed interface Outbound {
    record Stanza(Node stanza) implements Outbound {}

    record End() implements Outbound {}
  }
}
