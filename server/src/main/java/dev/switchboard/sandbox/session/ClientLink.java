package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.handshake.FrameCipher;
import dev.switchboard.sandbox.handshake.FrameExchange;
import dev.switchboard.sandbox.network.Link;
import dev.switchboard.sandbox.socket.ByteLink;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.codec.NodeDecoder;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
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
  private final FrameCipher cipher;
  private final ConcurrentLinkedQueue<Outbound> outbound = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ReentrantLock writing = new ReentrantLock();

  ClientLink(ByteLink bytes, FrameExchange frames, FrameCipher cipher) {
    this.bytes = bytes;
    this.frames = frames;
    this.cipher = cipher;
  }

  /** The client's next stanza; empty when it is gone or said nothing in time. */
  Optional<Node> receive(Duration patience) throws InterruptedException {
    byte[] frame = frames.receive(patience);
    return frame == null
        ? Optional.empty()
        : Optional.of(NodeDecoder.decode(cipher.decrypt(frame)));
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
        frames.send(cipher.encrypt(NodeEncoder.encode(stanza)));
      }
      case Outbound.End() -> bytes.close();
    }
  }

  private sealed interface Outbound {
    record Stanza(Node stanza) implements Outbound {}

    record End() implements Outbound {}
  }
}
