package dev.switchboard.sandbox.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A websocket channel: the event loop fills a queue that one virtual thread empties. */
final class ChannelByteLink implements ByteLink {
  private static final byte[] END = new byte[0];
  private static final long GOODBYE_MILLISECONDS = 500;

  private final Channel channel;
  private final SocketLimits limits;
  private final LinkedBlockingQueue<byte[]> inbound = new LinkedBlockingQueue<>();
  private final AtomicInteger inboundBytes = new AtomicInteger();
  private final AtomicBoolean paused = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();

  ChannelByteLink(Channel channel, SocketLimits limits) {
    this.channel = channel;
    this.limits = limits;
  }

  /** Called on the event loop. Reading pauses at half of the bound; at the bound the peer goes. */
  void arrived(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    int waiting = inboundBytes.addAndGet(bytes.length);
    if (waiting > limits.inboundBytes()) {
      closeNow();
      return;
    }
    inbound.add(bytes);
    if (waiting > limits.inboundBytes() / 2) {
      channel.config().setAutoRead(false);
    }
  }

  /** Called on the event loop when the channel is gone. */
  void ended() {
    inbound.add(END);
  }

  @Override
  public byte @Nullable [] receive(Duration patience) throws InterruptedException {
    byte[] next = inbound.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (next == null || next.length == 0) {
      return null;
    }
    boolean room = inboundBytes.addAndGet(-next.length) <= limits.inboundBytes() / 2;
    if (room && !paused.get()) {
      channel.config().setAutoRead(true);
    }
    return next;
  }

  @Override
  public void pause() {
    paused.set(true);
    channel.config().setAutoRead(false);
  }

  @Override
  public void send(byte[] bytes) {
    if (channel.bytesBeforeWritable() > limits.outboundBytes()) {
      abort();
      return;
    }
    var frame = new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes));
    var _ = channel.writeAndFlush(frame, channel.voidPromise());
  }

  /**
   * Says goodbye and lets the peer close first: closing with unread bytes would reset the
   * connection, and the peer might never read what was sent last.
   */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      inbound.add(END);
      var goodbye = new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE);
      var _ = channel.writeAndFlush(goodbye);
      if (channel.isActive()) {
        closeSoon();
      }
    }
  }

  private void closeSoon() {
    var _ =
        channel.eventLoop().schedule(this::closeNow, GOODBYE_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void abort() {
    closing.set(true);
    inbound.add(END);
    closeNow();
  }

  private void closeNow() {
    var _ = channel.close();
  }
}
