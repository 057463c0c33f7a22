package dev.switchboard.whatsapp.media;

import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.whatsapp.link.Errands;
import dev.switchboard.whatsapp.link.Mailbox;
import dev.switchboard.whatsapp.session.Questions;
import dev.switchboard.whatsapp.socket.ChannelDialer;
import dev.switchboard.whatsapp.socket.SocketLoops;
import dev.switchboard.whatsapp.socket.TlsTrust;
import java.time.InstantSource;

/** Downloads of accounts whose server names no media host. */
public final class Unused {
  private static final MediaClient CLIENT =
      new MediaClient(
          new ChannelDialer(new SocketLoops(1), TlsTrust.system()),
          MediaLimits.DEFAULT,
          "https://localhost");

  private Unused() {}

  public static Downloads downloads(ConnectorHost host, Questions questions, InstantSource clock) {
    return new Downloads(host, CLIENT, questions, new Errands(new Mailbox(1, 1)), clock);
  }
}
