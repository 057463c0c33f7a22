package dev.switchboard.sandbox.link;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.handshake.FrameExchange;
import dev.switchboard.sandbox.log.Direction;
import dev.switchboard.sandbox.log.StanzaLog;
import dev.switchboard.sandbox.network.Link;
import dev.switchboard.sandbox.socket.ByteLink;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import dev.switchboard.whatsapp.wire.codec.NodeDecoder;
import dev.switchboard.whatsapp.wire.codec.NodeEncoder;
import dev.switchboard.whatsapp.wire.noise.NoiseTransport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stanzas over an encrypted connection. Delays of faults pass in real time, whatever the network
 * takes for the time.
 */
public final class ClientLink implements Link {
  /** Messages that wait to be shuffled leave after this time, however few they are. */
  private static final Duration LONGEST_HELD = Duration.ofSeconds(2);

  /** Stanzas that wait beside the order; a connection that reaches it is dropped. */
  private static final int MOST_LATE = 1_000;

  /** A half-open connection goes when nobody replaced it: the client may never close it. */
  private static final Duration LONGEST_HALF_OPEN = Duration.ofMinutes(15);

  private final ByteLink bytes;
  private final FrameExchange frames;
  private final NoiseTransport transport;
  private final StanzaLog log;
  private final Mishaps mishaps;
  private final HeldBack heldBack;
  private final Departures departures = new Departures();
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicBoolean waking = new AtomicBoolean();

  /**
   * A connection of somebody.
   *
   * @param device who it is, as far as is known: faults are aimed at it
   */
  public ClientLink(
      ByteLink bytes,
      FrameExchange frames,
      NoiseTransport transport,
      Surroundings surroundings,
      DeviceAddress device) {
    this.bytes = bytes;
    this.frames = frames;
    this.transport = transport;
    this.log = surroundings.log();
    this.mishaps = new Mishaps(surroundings.faults(), surroundings.random(), device);
    this.heldBack = new HeldBack(surroundings.random());
  }

  /** From now on it is known whose connection it is. */
  public void belongsTo(DeviceAddress device) {
    mishaps.concern(device);
  }

  /** The client's next stanza; empty when it is gone or said nothing in time. */
  public Optional<Node> receive(Duration patience) throws InterruptedException {
    byte[] frame = frames.receive(patience);
    while (frame != null) {
      Node stanza = NodeDecoder.decode(decrypt(frame));
      boolean arrives = mishaps.arrives();
      log.record(mishaps.device(), Direction.FROM_CLIENT, stanza, !arrives);
      if (arrives) {
        return Optional.of(stanza);
      }
      frame = frames.receive(mishaps.isDeaf() ? goDeaf() : patience);
    }
    return Optional.empty();
  }

  private Duration goDeaf() {
    bytes.pause();
    return LONGEST_HALF_OPEN;
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
    switch (mishaps.fate(stanza)) {
      case Fate.Leaves(int copies, var after) -> {
        for (int copy = 0; copy < copies; copy++) {
          leave(stanza, after);
        }
      }
      case Fate.Late(var after) -> postpone(stanza, after);
      case Fate.Held(int batch) -> hold(stanza, batch);
      case Fate.Lost() -> {
        log.record(mishaps.device(), Direction.TO_CLIENT, stanza, true);
        if (mishaps.isDeaf()) {
          bytes.pause();
        }
      }
    }
  }

  private void leave(Node stanza, Duration after) {
    log.record(mishaps.device(), Direction.TO_CLIENT, stanza, false);
    if (!departures.add(new Outbound.Stanza(stanza), after)) {
      bytes.abort();
    }
  }

  private void postpone(Node stanza, Duration after) {
    if (late.incrementAndGet() > MOST_LATE) {
      bytes.abort();
      return;
    }
    afterwards(
        after,
        () -> {
          late.decrementAndGet();
          leave(stanza, Duration.ZERO);
        });
  }

  private void hold(Node stanza, int batch) {
    if (heldBack.add(stanza)) {
      afterwards(LONGEST_HELD, () -> leaveAll(heldBack.released(1)));
    }
    leaveAll(heldBack.released(batch));
  }

  private void leaveAll(List<Node> stanzas) {
    stanzas.forEach(stanza -> leave(stanza, Duration.ZERO));
  }

  @Override
  public void offerEnd() {
    if (mishaps.isDumb() || !departures.add(new Outbound.End(), Duration.ZERO)) {
      bytes.abort();
    }
  }

  @Override
  public void abort() {
    bytes.abort();
  }

  @Override
  public void drain() {
    writing.lock();
    try {
      Optional<Outbound> next = departures.poll();
      while (next.isPresent()) {
        write(next.get());
        next = departures.poll();
      }
    } finally {
      writing.unlock();
    }
    departures.nextIn().ifPresent(this::wakeIn);
  }

  private void wakeIn(Duration wait) {
    if (waking.compareAndSet(false, true)) {
      afterwards(wait, () -> waking.set(false));
    }
  }

  /** Runs the step and writes what is due then, unless the sandbox ends first. */
  private void afterwards(Duration wait, Runnable step) {
    Thread.ofVirtual()
        .name("late stanza")
        .start(() -> {
          try {
            Thread.sleep(wait);
            step.run();
            drain();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void write(Outbound next) {
    switch (next) {
      case Outbound.Stanza(var stanza) ->
          frames.send(transport.encrypt(NodeEncoder.encode(stanza)));
      case Outbound.End() -> bytes.close();
    }
  }
}
