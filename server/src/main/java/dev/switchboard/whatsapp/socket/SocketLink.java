package dev.switchboard.whatsapp.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.time.Duration;

/** An open websocket. */
@SuppressWarnings("FutureReturnValueIgnored") // The end of the channel is what is listened to.
public final class SocketLink implements AutoCloseable {
  private static final int NORMAL_CLOSURE = 1000;

  private final Channel channel;
  private final Duration writeTimeout;

  SocketLink(Channel channel, Duration writeTimeout) {
    this.channel = channel;
    this.writeTimeout = writeTimeout;
  }

  /**
   * Sends the bytes as one binary message; the array belongs to the link from here on. Blocks only
   * while the send buffer is full.
   *
   * @throws SocketException {@code BROKEN} when the connection is gone, or its buffer stayed full
   */
  public void send(byte[] bytes) throws InterruptedException {
    boolean full = !channel.isWritable();
    ChannelFuture written =
        channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    if (full && !written.await(writeTimeout.toMillis())) {
      close();
      throw broken("the server takes no bytes");
    }
    if (written.isDone() && !written.isSuccess()) {
      throw broken("the connection is gone");
    }
  }

  /** Reads on after the listener asked for a pause; does nothing otherwise. */
  public void resumeReading() {
    // On the event loop, so that it cannot overtake the pause it is meant to end.
    channel.eventLoop().execute(() -> channel.config().setAutoRead(true));
  }

  /** Says goodbye and closes; the listener is told as for any other end. */
  @Override
  public void close() {
    if (channel.isActive()) {
      channel
          .writeAndFlush(new CloseWebSocketFrame(NORMAL_CLOSURE, ""))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Closes without a word, as a cut cable would. */
  public void abort() {
    channel.close();
  }

  private static SocketException broken(String message) {
    return new SocketException(SocketException.Reason.BROKEN, message);
  }
}
