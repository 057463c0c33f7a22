package dev.switchboard.whatsapp.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends a connection whose proxy says too much before the tunnel is open: Netty's decoders would go
 * on reading and dropping an endless answer until the time is over.
 */
final class AnswerLimit extends ChannelInboundHandlerAdapter {
  static final int BYTES = 16_384;

  private int read;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    read += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    if (read <= BYTES) {
      context.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
      read = BYTES;
      context.fireExceptionCaught(new TooLongFrameException("the proxy's answer is too long"));
    }
  }
}
