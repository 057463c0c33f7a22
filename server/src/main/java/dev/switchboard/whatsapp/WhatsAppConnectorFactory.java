package dev.switchboard.whatsapp;

import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorFactory;
import dev.switchboard.model.AccountKey;
import dev.switchboard.whatsapp.media.MediaClient;
import dev.switchboard.whatsapp.socket.ChannelDialer;
import dev.switchboard.whatsapp.socket.SocketDialer;
import dev.switchboard.whatsapp.socket.SocketLoops;
import dev.switchboard.whatsapp.socket.TlsTrust;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes the connectors of one network; they share event loops, TLS context and clock. */
public final class WhatsAppConnectorFactory implements ConnectorFactory {
  private final Engine engine;

  /**
   * Reads the trusted certificates; connects nowhere.
   *
   * @param loops shared with other networks, and closed by their owner
   */
  public WhatsAppConnectorFactory(
      WhatsAppConfig config, SocketLoops loops, InstantSource clock, SecureRandom random) {
    TlsTrust trust = config.tlsTrust().map(TlsTrust::pem).orElseGet(TlsTrust::system);
    this.engine =
        new Engine(
            config,
            new SocketDialer(loops, trust),
            new MediaClient(
                new ChannelDialer(loops, trust), config.media(), config.target().origin()),
            clock,
            random);
  }

  @Override
  public Connector connector(AccountKey account) {
    return new WhatsAppConnector(account, engine);
  }
}
